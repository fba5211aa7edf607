import { environment } from '../../core/environment.ts'
import { AuthenticationError } from '../../core/errors.ts'
import type { PipelineOptions } from '../../core/pipeline.ts'
import type { AccessToken, GetTokenOptions } from '../token-credential.ts'
import { askToken } from './ask-token.ts'

/** How a credential reaches the issuer of tokens. */
export interface AuthorityOptions extends PipelineOptions {
  /** `AZURE_AUTHORITY_HOST`, or `https://login.microsoftonline.com`, unless said. */
  readonly authorityHost?: string
  /** Tenants beside its own that a vault may ask for a token of; `*` are all. */
  readonly additionallyAllowedTenants?: readonly string[]
}

/**
 * A token by the client credentials grant (RFC 6749 §4.4), at the tenant that the vault asks for.
 * @throws AuthenticationError when that tenant is not allowed, or the issuer refuses.
 */
export function grantedToken(
  tenantId: string,
  form: Readonly<Record<string, string>>,
  scopes: string | string[],
  asked: GetTokenOptions,
  options: AuthorityOptions,
): Promise<AccessToken> {
  const claims = claimsOf(asked)
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: [scopes].flat().join(' '),
    ...form,
    ...(claims === undefined ? {} : { claims }),
  })
  return askToken(
    {
      method: 'POST',
      url: tokenUrl(tenantId, asked, options),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
    },
    options,
    asked.abortSignal === undefined ? {} : { abortSignal: asked.abortSignal },
  )
}

/** Where the tenant that the vault asks for gives tokens. @throws AuthenticationError */
export function tokenUrl(
  tenantId: string,
  asked: GetTokenOptions,
  { authorityHost, additionallyAllowedTenants }: AuthorityOptions,
): string {
  const tenant = allowedTenant(tenantId, asked.tenantId, additionallyAllowedTenants)
  const base = authorityHost === undefined ? authorityOfEnvironment() : new URL(authorityHost)
  if (base.protocol !== 'https:') throw new TypeError('An authority is reached by https alone.')
  // AD FS has one tenant and the paths of the first version.
  const path = tenant === 'adfs' ? 'oauth2/token' : 'oauth2/v2.0/token'
  return new URL(`/${encodeURIComponent(tenant)}/${path}`, base).href
}

/** The host alone is enough, as for the SDKs. @throws AuthenticationError when it is no host. */
function authorityOfEnvironment(): URL {
  const said = environment()['AZURE_AUTHORITY_HOST'] || 'https://login.microsoftonline.com'
  const url = said.includes('://') ? said : `https://${said}`
  if (url.startsWith('https://') && URL.canParse(url)) return new URL(url)
  throw new AuthenticationError({
    code: 'AuthorityHostWrong',
    message: 'AZURE_AUTHORITY_HOST is not the URL of a host, such as https://login.example.com.',
  })
}

function allowedTenant(
  own: string,
  asked: string | undefined,
  others: readonly string[] = [],
): string {
  if (asked === undefined || own === 'adfs' || asked.toLowerCase() === own.toLowerCase()) return own
  if (others.some((other) => other === '*' || other.toLowerCase() === asked.toLowerCase())) {
    return asked
  }
  throw new AuthenticationError({
    code: 'TenantNotAllowed',
    message:
      `The vault is of the tenant ${asked} and the credential of ${own}. If it is to be used there ` +
      'too, name that tenant in additionallyAllowedTenants.',
  })
}

/** Demanded claims, and the word that a token which is taken back early will be noticed. */
function claimsOf({ claims, enableCae }: GetTokenOptions): string | undefined {
  if (claims === undefined && !enableCae) return undefined
  const demanded = claimsIn(claims ?? '{}')
  const early = enableCae ? { xms_cc: { values: ['CP1'] } } : {}
  return JSON.stringify({ ...demanded, access_token: { ...demanded.access_token, ...early } })
}

/** @throws AuthenticationError for what is no JSON object; its text is not shown. */
function claimsIn(text: string): { readonly access_token?: object } {
  try {
    const claims: unknown = JSON.parse(text)
    if (typeof claims === 'object' && claims !== null) return claims
  } catch {
    // The same is said below.
  }
  const message = 'The claims that a token shall have are no JSON object.'
  throw new AuthenticationError({ code: 'ClaimsWrong', message })
}
