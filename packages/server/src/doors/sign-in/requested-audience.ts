import { isVaultAudience } from '@claviger/vault'

const DEFAULT_SCOPE = '/.default'
/**
 * Scopes about the user, which libraries add by habit; a token for an application has none of them.
 */
const USER_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access'])

/** What a client asked a token for. */
export type RequestedAudience =
  | { readonly audience: string }
  | { readonly unknownResource: string }
  | { readonly badScope: string }

/**
 * The audience for a resource: the resource itself, when it is one of ours.
 * @param vaultHost the vaults' parent host, `vault.<domain>`.
 */
export function audienceOfResource(resource: string, vaultHost: string): RequestedAudience {
  return isVaultAudience(resource, vaultHost)
    ? { audience: resource }
    : { unknownResource: resource }
}

/**
 * The audience for a scope: `/.default` is cut off once and exactly, so a resource that ends in a
 * slash keeps it, as in `https://vault.example//.default`.
 */
export function audienceOfScope(scope: string, vaultHost: string): RequestedAudience {
  const scopes = scope.split(' ').filter((one) => one !== '' && !USER_SCOPES.has(one.toLowerCase()))
  const [only = '', ...others] = scopes
  if (others.length > 0 || !only.endsWith(DEFAULT_SCOPE)) return { badScope: scope }
  return audienceOfResource(only.slice(0, -DEFAULT_SCOPE.length), vaultHost)
}
