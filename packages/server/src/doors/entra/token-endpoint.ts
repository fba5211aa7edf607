import type { Identity, IssuedToken, Tenant } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { audienceOfResource, audienceOfScope } from '../sign-in/requested-audience.ts'
import { signInFacts } from '../sign-in/sign-in-facts.ts'
import { ENTRA_ERRORS, EntraRefusal } from './entra-error.ts'
import { refusalOf } from './render-error.ts'
import type { EntraSettings } from './settings.ts'
import { namesOf } from './tenant-name.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'

/**
 * Gives an application its token.
 * @throws EntraRefusal, Fault SignInFailed, TooManyRequests, AuditUnavailable
 */
export async function answerTokenRequest(
  request: WireRequest,
  tenant: Tenant,
  identity: Identity,
  settings: EntraSettings,
): Promise<object> {
  const asked = readTokenRequest(request, assertionAudiences(request, tenant, settings))
  const audience = audienceFor(asked, settings)
  const { clientId, proof } = asked
  const facts = signInFacts(
    request,
    originOf(request),
    (thrown) => ENTRA_ERRORS[refusalOf(thrown).row].status,
  )
  const token = await identity.grantToClient({ tenant, clientId, proof, audience }, facts)
  return asked.resource === undefined ? v2Answer(token) : v1Answer(token)
}

/** `scope` also comes to v1 endpoints: MSAL sends it to the one under `adfs`. */
function audienceFor({ resource, scope }: TokenRequest, { services }: EntraSettings): string {
  if (resource === undefined && scope === undefined)
    throw new EntraRefusal('ParameterMissing', 'scope')
  const requested =
    resource === undefined
      ? audienceOfScope(scope ?? '', services)
      : audienceOfResource(resource, services)
  if ('unknownResource' in requested)
    throw new EntraRefusal('ResourceUnknown', requested.unknownResource)
  if ('badScope' in requested) throw new EntraRefusal('ScopeInvalid', requested.badScope)
  return requested.audience
}

function v2Answer({ accessToken, lifetimeSeconds }: IssuedToken): object {
  return {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: accessToken,
  }
}

/** Who asks with `resource` gets every value as text, and times since 1970. */
function v1Answer({
  accessToken,
  lifetimeSeconds,
  expiresAt,
  notBefore,
  audience,
}: IssuedToken): object {
  return {
    token_type: 'Bearer',
    expires_in: String(lifetimeSeconds),
    ext_expires_in: String(lifetimeSeconds),
    expires_on: String(expiresAt),
    not_before: String(notBefore),
    resource: audience,
    access_token: accessToken,
  }
}

/** What a client may call this token endpoint in its assertion: any of its names, or the issuer. */
function assertionAudiences(
  request: WireRequest,
  tenant: Tenant,
  { loginHosts }: EntraSettings,
): readonly string[] {
  const origins = new Set([
    originOf(request),
    ...loginHosts.flatMap((host) => [
      originOf({ host, port: undefined }),
      originOf({ host, port: request.port }),
    ]),
  ])
  const paths = ['oauth2/v2.0/token', 'oauth2/token', 'v2.0']
  return [...origins].flatMap((origin) =>
    namesOf(tenant).flatMap((name) => [
      `${origin}/${name}`,
      ...paths.map((path) => `${origin}/${name}/${path}`),
    ]),
  )
}
