import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { parseNetwork, type Network } from './network.ts'
import type { ObjectPolicy, ObjectPolicyStatement } from './object-policy.ts'

/** A policy as it is kept. */
export interface ObjectPolicyRecord {
  readonly statements: readonly ObjectPolicyStatementRecord[]
  /** As it was written over the wire that set it. */
  readonly document: string
}

/** A statement with its networks as CIDR writes them. */
export interface ObjectPolicyStatementRecord
  extends Omit<ObjectPolicyStatement, 'networks' | 'exceptNetworks'> {
  readonly networks?: readonly string[]
  readonly exceptNetworks?: readonly string[]
}

/** What can be the object of a policy: a key or a secret, as targets of operations name it. */
const OBJECT = /^(?:keys|secrets)\/[0-9a-z-]{1,127}$/

/** `undefined` for what can have no policy. @param object such as `keys/name`. */
export function objectPolicyKey(
  { tenant, id }: VaultRecord,
  object: string | undefined,
): RecordKey | undefined {
  const lower = object?.toLowerCase()
  if (lower === undefined || !OBJECT.test(lower)) return undefined
  return recordKeyOf(tenant, 'v', id, 'object-policy', ...lower.split('/'))
}

export function objectPolicyPrefix({ tenant, id }: VaultRecord): RecordKey {
  return prefixOf(tenant, 'v', id, 'object-policy')
}

/** A policy as decisions need it. */
export function objectPolicyOf({ statements }: ObjectPolicyRecord): ObjectPolicy {
  return {
    statements: statements.map(({ networks, exceptNetworks, ...statement }) => ({
      ...statement,
      ...(networks === undefined ? {} : { networks: parsed(networks) }),
      ...(exceptNetworks === undefined ? {} : { exceptNetworks: parsed(exceptNetworks) }),
    })),
  }
}

/** They were parsed when they were written. */
function parsed(networks: readonly string[]): readonly Network[] {
  return networks.flatMap((text) => parseNetwork(text) ?? [])
}
