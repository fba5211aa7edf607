import type { Identity, Tenant } from '@claviger/vault'

/** The keys that the tenant's tokens are verified with, as a JWK set (RFC 7517 §5). */
export async function keySet(identity: Identity, tenant: Tenant): Promise<object> {
  const keys = await identity.publishedKeys(tenant)
  return {
    keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, use: 'sig', alg: 'RS256', kid })),
  }
}
