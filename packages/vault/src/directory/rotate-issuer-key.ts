import { operation } from '../operation.ts'
import {
  createIssuerKey,
  issuerKeyKey,
  issuerKeyPrefix,
  scheduleOf,
  type IssuerKey,
} from './issuer-key.ts'
import { touchEpoch } from './touch-epoch.ts'

/** A new key is in the published key set for this long before it signs. */
const PUBLICATION_SECONDS = 600

export interface RotateIssuerKeyInput {
  /**
   * The keys there are have become known to somebody: the new one signs at once, and every token
   * that the old ones signed is refused from now on.
   */
  readonly compromised?: boolean
}

/**
 * Makes the next key that the tenant's tokens are signed with, and removes keys whose last token
 * has expired.
 */
export const rotateIssuerKey = operation<RotateIssuerKeyInput, IssuerKey>({
  name: 'IssuerKeyRotate',
  permission: 'issuerKeys/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `issuerKeys${output === undefined ? '' : `/${output.kid}`}`,

  async run({ unit, caller, now }, { compromised = false }) {
    const { tenant } = caller
    const known = (await unit.listAll<IssuerKey>(issuerKeyPrefix(tenant))).map(
      (one) => one.content.meta,
    )
    const atOnce = compromised || known.length === 0
    const created = await createIssuerKey(
      unit,
      tenant,
      now,
      atOnce ? now : now + PUBLICATION_SECONDS,
    )
    const over = scheduleOf(known).filter(({ verifiesUntil }) => compromised || verifiesUntil < now)
    const keys = over.map(({ key }) => issuerKeyKey(tenant, key.kid))
    await unit.getMany(keys)
    for (const key of keys) unit.delete(key)
    touchEpoch(unit)
    return created
  },
})
