import { decodeBase64 } from '../core/base64.ts'
import { AuthenticationError } from '../core/errors.ts'

/** What a vault wants to see: a token of this tenant for this scope. */
export interface Challenge {
  readonly scope: string
  /** `undefined` where the authority names none. */
  readonly tenantId: string | undefined
  /** The host that tokens of this scope are for, with its port when it is not 443. */
  readonly resourceHost: string
}

/**
 * The parameters of the first `Bearer` challenge; empty when there is none. Values are quoted or
 * plain, commas with or without a space, names in any case.
 */
export function challengeParameters(header: string | null): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>()
  const scheme = /(?:^|,)\s*bearer(?:\s+|$)/i.exec(header ?? '')
  if (header === null || scheme === null) return parameters
  const pairs = /\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))\s*(?:,|$)/y
  pairs.lastIndex = scheme.index + scheme[0].length
  for (let pair = pairs.exec(header); pair !== null; pair = pairs.exec(header)) {
    const [, name = '', quoted, plain = ''] = pair
    parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? plain)
  }
  return parameters
}

/**
 * What the parameters ask for; `undefined` when they name no resource and no scope, or one that is
 * more than an https origin: a credential is asked for exactly what was looked at.
 */
export function challengeOf(parameters: ReadonlyMap<string, string>): Challenge | undefined {
  const resource = parameters.get('resource')
  const scope = resource === undefined ? parameters.get('scope') : `${resource}/.default`
  if (scope === undefined || !/^https:\/\/[^\s/?#@\\]+\/{1,2}\.default$/.test(scope)) return undefined
  if (!URL.canParse(scope)) return undefined
  const authority = parameters.get('authorization') ?? parameters.get('authorization_uri') ?? ''
  const tenantId = URL.canParse(authority) ? new URL(authority).pathname.split('/')[1] : undefined
  return {
    scope,
    tenantId: tenantId === '' ? undefined : tenantId,
    resourceHost: new URL(scope).host,
  }
}

/** Claims that a token must have beside what it has: an object in JSON, if that is demanded. */
export function demandedClaims(parameters: ReadonlyMap<string, string>): string | undefined {
  const claims = parameters.get('claims')
  if (parameters.get('error') !== 'insufficient_claims' || claims === undefined) return undefined
  try {
    const text = new TextDecoder().decode(decodeBase64(claims))
    return isObject(JSON.parse(text)) ? text : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Stops a host that is no vault from being given a token for vaults: only what lies under the host
 * that the token is for gets it. @throws AuthenticationError
 */
export function verifyResource(vault: URL, { resourceHost }: Challenge): void {
  if (vault.host.endsWith(`.${resourceHost}`)) return
  throw new AuthenticationError({
    code: 'ChallengeResourceMismatch',
    message:
      `${vault.host} asks for a token for ${resourceHost}, which it is no part of. If this host is ` +
      'to be trusted with one, set disableChallengeResourceVerification.',
  })
}
