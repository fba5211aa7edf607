import type { Call, Secret, Vault } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'

type Operation = alibaba.instance.Operation

/** What an operation is given: who asks which instance, with what message. */
export interface InstanceRequest<Name extends Operation = Operation> extends InstanceContext {
  readonly message: alibaba.instance.RequestOf<Name>
}

/** What every operation knows of its request but its own message. */
export interface InstanceContext {
  readonly vault: Vault
  readonly call: Call
  /** Name of the vault that the instance is. */
  readonly instance: string
  /** The version that a header names, whatever its form. */
  readonly keyVersionId: string | undefined
}

export interface InstanceAnswer<Name extends Operation = Operation> {
  /** Without the id of the request. */
  readonly message: Partial<alibaba.instance.ResponseOf<Name>>
  /** Of the key that was used, for the header. */
  readonly keyVersionId?: string
  /** What the message shows, to be wiped once it is written. */
  readonly shown?: Secret
}

/** One operation: how its message becomes an operation of the vault, and the result an answer. */
export type InstanceOperation<Name extends Operation> = (
  request: InstanceRequest<Name>,
) => Promise<InstanceAnswer<Name>>

/** Some operations by their names. */
export type InstanceOperations<Name extends Operation> = {
  readonly [One in Name]: InstanceOperation<One>
}
