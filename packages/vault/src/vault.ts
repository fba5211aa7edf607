import { AccessCache, type AccessView } from './access/access-cache.ts'
import type { Call } from './access/caller.ts'
import type { PermissionName } from './access/permissions.ts'
import { KeyFinder } from './keys/find-key.ts'
import { OPERATIONS } from './operations.ts'
import type { Operation, Target } from './operation.ts'
import { Performer, type Ports } from './performer.ts'
import { SecretFinder } from './secrets/find-secret.ts'

type Bound<Op> = Op extends Operation<infer Input, infer Output>
  ? (call: Call, input: Input) => Promise<Output>
  : never

type Registry = typeof OPERATIONS

/** The operations by noun, each bound to `perform`: no way to one leads past access and audit. */
export type Operations = {
  readonly [Noun in keyof Registry]: {
    readonly [Verb in keyof Registry[Noun]]: Bound<Registry[Noun][Verb]>
  }
}

/** All that a door can reach. */
export interface Vault extends Operations {
  /**
   * Directory and access as of this instant, for doors that must find a vault or a tenant before
   * they know who asks. Nothing in it is a value or a credential.
   */
  view(): Promise<AccessView>
  /**
   * A first look at who may do something, for doors that ask at several places: it counts for nothing
   * else, nothing is audited, and the operation decides.
   */
  seemsAllowed(call: Call, permission: PermissionName, target: Target): Promise<boolean>
  /** Where a key is that a wire names without its vault; tells nothing else of it. */
  readonly keyFinder: Pick<KeyFinder, 'find' | 'findVersion'>
  /** The same for secrets, whose names are known in the whole tenant over such wires. */
  readonly secretFinder: Pick<SecretFinder, 'find'>
  /**
   * Milliseconds: what was claimed before (`RequestFacts.claims`) is not remembered, so a door refuses
   * what was signed before. What a clock that is ahead has signed can be replayed after a new start.
   */
  readonly claimsSince: number
}

/** Opens the domain on its ports. */
export function openVault(ports: Ports): Vault {
  const access = new AccessCache(ports.store, ports.seal)
  const performer = new Performer(ports, access)
  const bound: Record<string, Record<string, unknown>> = {}
  for (const [noun, verbs] of Object.entries(OPERATIONS)) {
    const methods: Record<string, unknown> = {}
    for (const [verb, op] of Object.entries(verbs) as [string, Operation<unknown, unknown>][]) {
      methods[verb] = (call: Call, input: unknown) => performer.perform(op, call, input)
    }
    bound[noun] = methods
  }
  // The loop above gives each noun and verb of the registry exactly one method of the bound type.
  return {
    ...(bound as unknown as Operations),
    view: () => access.current(),
    seemsAllowed: (call, permission, target) =>
      performer.seemsAllowed({ permission }, call, target),
    keyFinder: new KeyFinder(ports.store, ports.seal),
    secretFinder: new SecretFinder(ports.store, ports.seal),
    claimsSince: ports.claimsSince ?? 0,
  }
}
