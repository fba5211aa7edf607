import { isAudienceOf, isCloudNameOf, type TokenAudience } from '@claviger/vault'

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
 * The audience for a resource: the resource itself, when it is one of ours; ours for the name that
 * it has in the public cloud, which some libraries ask for whatever they are told
 * (@azure/arm-resources 8).
 * @param services those that tokens are given for.
 */
export function audienceOfResource(
  resource: string,
  services: readonly TokenAudience[],
): RequestedAudience {
  if (services.some((service) => isAudienceOf(resource, service))) return { audience: resource }
  const inCloud = services.find((service) => isCloudNameOf(resource, service))
  return inCloud === undefined
    ? { unknownResource: resource }
    : { audience: `https://${inCloud.hosts[0]}` }
}

/**
 * The audience for a scope: `/.default` is cut off once and exactly, so a resource that ends in a
 * slash keeps it, as in `https://vault.example//.default`.
 */
export function audienceOfScope(
  scope: string,
  services: readonly TokenAudience[],
): RequestedAudience {
  const scopes = scope.split(' ').filter((one) => one !== '' && !USER_SCOPES.has(one.toLowerCase()))
  const [only = '', ...others] = scopes
  if (others.length > 0 || !only.endsWith(DEFAULT_SCOPE)) return { badScope: scope }
  return audienceOfResource(only.slice(0, -DEFAULT_SCOPE.length), services)
}
