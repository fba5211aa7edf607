import type { Tenant } from '@claviger/vault'

/** Which of the two forms of a tenant's metadata is asked for. */
export type MetadataVersion = 'v1' | 'v2'

/**
 * A tenant's OpenID metadata (OpenID Connect Discovery §3). Clients take the endpoints from it and,
 * MSAL for JavaScript, refuse an issuer of another host than the one they asked.
 * @param name the tenant as the path named it: the endpoints keep it, or an `adfs` client would be
 *   sent on to another tenant than it was configured with.
 */
export function openIdConfiguration(
  origin: string,
  name: string,
  tenant: Tenant,
  version: MetadataVersion,
): object {
  const base = `${origin}/${name}`
  const oauth = version === 'v2' ? `${base}/oauth2/v2.0` : `${base}/oauth2`
  return {
    issuer: issuerOf(origin, name, tenant, version),
    token_endpoint: `${oauth}/token`,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    end_session_endpoint: `${oauth}/logout`,
    jwks_uri: version === 'v2' ? `${base}/discovery/v2.0/keys` : `${base}/discovery/keys`,
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      'client_credentials',
    ],
    code_challenge_methods_supported: ['S256'],
    prompt_values_supported: ['none', 'login', 'select_account'],
    ui_locales_supported: ['en', 'zh-CN'],
    token_endpoint_auth_methods_supported: [
      'client_secret_post',
      'private_key_jwt',
      'client_secret_basic',
      'none',
    ],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256'],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: [
      'aud', 'iss', 'iat', 'nbf', 'exp', 'tid', 'oid', 'sub', 'appid', 'ver', 'amr', 'auth_time',
      'name', 'nonce', 'preferred_username',
    ],
  }
}

/**
 * `common` and `organizations` belong to no one tenant, so their issuer has a placeholder in its
 * place.
 */
function issuerOf(origin: string, name: string, tenant: Tenant, version: MetadataVersion): string {
  const named = name.toLowerCase()
  const id = named === 'common' || named === 'organizations' ? '{tenantid}' : tenant.id
  return version === 'v2' ? `${origin}/${id}/v2.0` : `${origin}/${id}/`
}
