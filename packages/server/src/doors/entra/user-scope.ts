import type { TokenAudience } from '@claviger/vault'
import { audienceOfResource, audienceOfScope } from '../sign-in/requested-audience.ts'
import { EntraRefusal } from './entra-error.ts'

/** What a program wants for a person. */
export interface UserScope {
  /** What the access token is for. */
  readonly audience: string
  /** Whether it wants a refresh token. */
  readonly offline: boolean
  /** It has asked in the v1 way, by `resource`, and is answered so. */
  readonly isV1: boolean
}

const DELEGATED = '/user_impersonation'
const MAXIMUM_CHARACTERS = 2048
const ABOUT_THE_PERSON: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access'])

/**
 * Reads `scope` or, in the v1 way, `resource`. A program that wants to know no more than who has
 * signed in gets an access token for the first service.
 * @throws EntraRefusal ParameterMissing, ResourceUnknown, ScopeInvalid
 */
export function readUserScope(
  { scope, resource }: { readonly scope: string | undefined; readonly resource: string | undefined },
  services: readonly [TokenAudience, ...TokenAudience[]],
): UserScope {
  if (resource !== undefined && resource !== '') {
    return { audience: audienceIn(audienceOfResource(resource, services)), offline: true, isV1: true }
  }
  if (scope === undefined || scope.trim() === '') throw new EntraRefusal('ParameterMissing', 'scope')
  if (scope.length > MAXIMUM_CHARACTERS) throw new EntraRefusal('ScopeInvalid', scope)
  const words = scope.split(' ').filter((word) => word !== '')
  const offline = words.some((word) => word.toLowerCase() === 'offline_access')
  const wanted = words.filter((word) => !ABOUT_THE_PERSON.has(word.toLowerCase()))
  if (wanted.length === 0) return { audience: `https://${services[0].hosts[0]}`, offline, isV1: false }
  const resources = new Set(wanted.map(defaultOf))
  const audience = audienceIn(audienceOfScope([...resources].join(' '), services))
  return { audience, offline, isV1: false }
}

/** A person's rights are not divided, so the one scope of a service means all of it. */
function defaultOf(scope: string): string {
  return scope.endsWith(DELEGATED) ? `${scope.slice(0, -DELEGATED.length)}/.default` : scope
}

/** What the answer says was granted: the scope, and its name as MSAL keeps it. */
export function grantedScope(audience: string): string {
  return `${audience}${DELEGATED} ${audience}/.default`
}

function audienceIn(requested: ReturnType<typeof audienceOfScope>): string {
  if ('unknownResource' in requested)
    throw new EntraRefusal('ResourceUnknown', requested.unknownResource)
  if ('badScope' in requested) throw new EntraRefusal('ScopeInvalid', requested.badScope)
  return requested.audience
}
