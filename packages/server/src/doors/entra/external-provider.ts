import type { ExternalIdentity, Secret } from '@claviger/vault'
import type { Configuration } from 'openid-client'

/** A sign-in at the provider that is under way. */
export interface ExternalFlow {
  /** Where the provider sends the browser back. */
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** A user as the provider describes it. */
export interface ProvidedUser extends ExternalIdentity {
  readonly userName?: string
  readonly displayName?: string
}

/** An OpenID Connect provider that people sign in at. */
export interface ExternalProvider {
  /** Whether a user that is not known here becomes one, without any rights. */
  readonly makesUsers: boolean
  /**
   * Where the browser goes.
   * @param isAnew whether the person is to sign in there although it is signed in there.
   */
  begin(flow: ExternalFlow, isAnew: boolean): Promise<string>
  /** Who has come back, once the provider has vouched for it. */
  finish(flow: ExternalFlow, query: string): Promise<ProvidedUser>
}

export interface ExternalProviderSettings {
  readonly issuer: string
  readonly clientId: string
  /** Absent for a client that proves itself by PKCE alone. */
  readonly clientSecret?: Secret
  /** The claim that becomes the user name. */
  readonly userNameClaim: string
  readonly makesUsers: boolean
}

const TIMEOUT_SECONDS = 10
const MAXIMUM_CHARACTERS = 256

/** Knows a provider by its metadata, which is fetched when somebody is first sent there. */
export function externalProvider(settings: ExternalProviderSettings): ExternalProvider {
  let known: Promise<Configuration> | undefined
  const discovered = (): Promise<Configuration> => {
    known ??= discover(settings)
    // What failed is tried again with the next person.
    known.catch(() => (known = undefined))
    return known
  }
  return {
    makesUsers: settings.makesUsers,
    async begin({ redirectUri, state, nonce, verifier }, isAnew) {
      const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
      const url = buildAuthorizationUrl(await discovered(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(isAnew ? { prompt: 'login' } : {}),
      })
      return url.href
    },
    async finish({ redirectUri, state, nonce, verifier }, query) {
      const { authorizationCodeGrant } = await import('openid-client')
      const tokens = await authorizationCodeGrant(
        await discovered(),
        new URL(`${redirectUri}?${query}`),
        {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        },
      )
      const claims = tokens.claims()
      if (claims === undefined) throw new TypeError('the provider has sent no id token')
      const userName = textIn(claims[settings.userNameClaim])
      const displayName = textIn(claims['name']) ?? userName
      return {
        issuer: claims.iss,
        subject: claims.sub,
        ...(userName === undefined ? {} : { userName }),
        ...(displayName === undefined ? {} : { displayName }),
      }
    },
  }
}

async function discover(settings: ExternalProviderSettings): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings
  const { allowInsecureRequests, ClientSecretPost, discovery, None } = await import('openid-client')
  const server = new URL(issuer)
  const secret = clientSecret === undefined ? '' : Buffer.from(clientSecret.reveal()).toString('utf8')
  const authentication = secret === '' ? None() : ClientSecretPost(secret)
  // The setting takes `http` for this machine alone.
  const execute = server.protocol === 'http:' ? [allowInsecureRequests] : []
  return await discovery(server, clientId, {}, authentication, { execute, timeout: TIMEOUT_SECONDS })
}

function textIn(claim: unknown): string | undefined {
  if (typeof claim !== 'string' || claim === '' || claim.length > MAXIMUM_CHARACTERS) return undefined
  return claim
}
