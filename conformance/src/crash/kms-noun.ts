import type { JsonObject } from '../server/json.ts'
import type { RawKms } from '../server/raw-kms.ts'
import type { Observer } from './observer.ts'

/** Who signs and sends. */
export type KmsClient = Pick<RawKms, 'acs3'>

/** Everything that is known of an object, such as its versions; empty where there is none. */
export type KmsState = Readonly<Record<string, string>>

/** An action on an object, and what it makes of it. */
export interface KmsChange {
  readonly action: string
  readonly parameters: Readonly<Record<string, string>>
  /** As the audit log has it; the change itself is the first of them. */
  readonly operationNames: readonly [string, string?]
  readonly after: KmsState
}

/** A kind of object that is written over the shared gateway of Alibaba Cloud KMS. */
export interface KmsNoun {
  readonly collection: string
  /** A change that must succeed on an object in this state. */
  nextChange(name: string, state: KmsState, canary: string): KmsChange
  /** Told of the answer to each change that had one. */
  answered?(name: string, body: JsonObject): void
  /** Reads the object, by this wire and, where it does not know how it is called, by Azure's. */
  read(name: string, kms: KmsClient, observer: Observer): Promise<KmsState>
}

/** What an action answers. @throws Error when it does not succeed, or find its object. */
export async function askKms(
  kms: KmsClient,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<JsonObject | undefined> {
  const { status, code, body } = await kms.acs3({ action, parameters })
  if (status === 200) return body
  if (status === 404) return undefined
  throw new Error(`${action} answered ${status} ${code}`)
}
