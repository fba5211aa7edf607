import type { Identity, IssuedToken, Tenant } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { audienceOfResource, audienceOfScope } from '../sign-in/requested-audience.ts'
import { entraFacts } from './entra-facts.ts'
import { EntraRefusal } from './entra-error.ts'
import type { EntraSettings } from './settings.ts'
import { namesOf } from './tenant-name.ts'
import { readForm, required } from './token-form.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'
import { answerUserTokenRequest, isUserGrant } from './user-token-endpoint.ts'

/**
 * Gives a program its token: an application by itself, or for a person who has signed in to it.
 * @throws EntraRefusal, Fault SignInFailed, TooManyRequests, AuditUnavailable
 */
export async function answerTokenRequest(
  request: WireRequest,
  tenant: Tenant,
  identity: Identity,
  settings: EntraSettings,
): Promise<object> {
  const form = readForm(request)
  const grantType = required(form, 'grant_type')
  const audiences = assertionAudiences(request, tenant, settings)
  if (isUserGrant(grantType)) {
    const { services } = settings
    const asked = { request, form, tenant, identity, services, audiences }
    return answerUserTokenRequest(grantType, asked)
  }
  if (grantType !== 'client_credentials') throw new EntraRefusal('GrantTypeUnsupported', grantType)
  const asked = readTokenRequest(request, form, audiences)
  const audience = audienceFor(asked, settings)
  const { clientId, proof } = asked
  const facts = entraFacts(request)
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
