import {
  redirectKind,
  type ClientProof,
  type Identity,
  type Tenant,
  type TokenAudience,
  type UserTokenForm,
  type UserTokens,
} from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { EntraRefusal } from './entra-error.ts'
import { entraFacts } from './entra-facts.ts'
import { knownClient } from './known-client.ts'
import { required, single } from './token-form.ts'
import { readClient } from './token-request.ts'
import { grantedScope, readUserScope } from './user-scope.ts'

/** The grants by which a program gets tokens for a person, under all the names they are sent by. */
const GRANTS = {
  authorization_code: 'code',
  refresh_token: 'refresh',
  device_code: 'device',
  'urn:ietf:params:oauth:grant-type:device_code': 'device',
} as const

type UserGrant = keyof typeof GRANTS

/** A request to the token endpoint whose form was read. */
export interface UserTokenRequest {
  readonly request: WireRequest
  readonly form: URLSearchParams
  readonly tenant: Tenant
  readonly identity: Identity
  readonly services: readonly [TokenAudience, ...TokenAudience[]]
  /** The token endpoint under all its names, for assertions. */
  readonly audiences: readonly string[]
}

/** A request whose client is known. */
interface FromClient extends UserTokenRequest {
  readonly client: string
  readonly proof: ClientProof | undefined
}

export function isUserGrant(grantType: string): grantType is UserGrant {
  return Object.hasOwn(GRANTS, grantType)
}

/** Gives a program its tokens for a person. @throws EntraRefusal, Fault */
export async function answerUserTokenRequest(
  grantType: UserGrant,
  asked: UserTokenRequest,
): Promise<object> {
  const { request, form, audiences, identity, tenant } = asked
  const { clientId, proof } = readClient(request, form, audiences)
  const { id: client } = await knownClient(identity, tenant, clientId)
  const known: FromClient = { ...asked, client, proof }
  switch (GRANTS[grantType]) {
    case 'code':
      return await byCode(known)
    case 'refresh':
      return await byRefreshToken(known)
    case 'device':
      return await byDeviceCode(known)
  }
}

async function byCode(asked: FromClient): Promise<object> {
  const { request, form, tenant, identity, client, proof } = asked
  const code = required(form, 'code')
  const redirectUri = required(form, 'redirect_uri')
  const verifier = single(form, 'code_verifier') ?? ''
  if (verifier === '') throw new EntraRefusal('VerifierMissing')
  const application = await knownClient(identity, tenant, client)
  const isConfidential = redirectKind(application, redirectUri) === 'confidential'
  if (isConfidential || proof !== undefined) await prove(asked)
  const shown = { client, code, redirectUri, verifier }
  const wanted = wantedOf(asked)
  const tokens = await identity.userTokens.redeemCode(tenant, shown, wanted, entraFacts(request))
  return answerOf(asked, tokens)
}

async function byRefreshToken(asked: FromClient): Promise<object> {
  const { request, form, tenant, identity, client, proof } = asked
  const refreshToken = required(form, 'refresh_token')
  const wanted = wantedOf(asked)
  if (proof !== undefined) await prove(asked)
  const facts = entraFacts(request)
  const tokens = await identity.userTokens.refresh(tenant, client, refreshToken, wanted, facts)
  return answerOf(asked, tokens)
}

async function byDeviceCode(asked: FromClient): Promise<object> {
  const { request, form, tenant, identity, client } = asked
  const deviceCode = single(form, 'device_code') ?? required(form, 'code')
  const wanted = { version: versionOf(request) }
  const facts = entraFacts(request)
  const tokens = await identity.userTokens.pollDevice(tenant, client, deviceCode, wanted, facts)
  if (tokens === 'pending') throw new EntraRefusal('AuthorizationPending')
  if (tokens === 'slowDown') throw new EntraRefusal('SlowDown')
  return answerOf(asked, tokens)
}

/** How the tokens are to be; what they are for where the program says it at the token endpoint. */
function wantedOf(asked: FromClient): UserTokenForm {
  const audience = wantedAnew(asked)
  const form = { version: versionOf(asked.request), isProved: asked.proof !== undefined }
  return audience === undefined ? form : { ...form, audience }
}

/** What the token is to be for, where the program says it at the token endpoint. */
function wantedAnew({ form, services }: FromClient): string | undefined {
  const [scope, resource] = [single(form, 'scope'), single(form, 'resource')]
  if (scope === undefined && resource === undefined) return undefined
  return readUserScope({ scope, resource }, services).audience
}

async function prove({ request, tenant, identity, client, proof }: FromClient): Promise<void> {
  if (proof === undefined) throw new EntraRefusal('ClientProofMissing')
  await identity.proveClient({ tenant, clientId: client, proof }, entraFacts(request))
}

function versionOf({ path }: WireRequest): 'v1' | 'v2' {
  return /\/v2\.0\//i.test(path) ? 'v2' : 'v1'
}

function answerOf({ form, tenant }: FromClient, tokens: UserTokens): object {
  const { accessToken, refreshToken, idToken, lifetimeSeconds, expiresAt, notBefore } = tokens
  const { audience, user } = tokens
  const isV1 = single(form, 'resource') !== undefined
  const earned = {
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    id_token: idToken,
    ...(single(form, 'client_info') === '1' ? { client_info: clientInfo(user.id, tenant.id) } : {}),
  }
  if (!isV1) {
    return {
      token_type: 'Bearer',
      scope: grantedScope(audience),
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      ...earned,
    }
  }
  return {
    token_type: 'Bearer',
    scope: 'user_impersonation',
    expires_in: String(lifetimeSeconds),
    ext_expires_in: String(lifetimeSeconds),
    expires_on: String(expiresAt),
    not_before: String(notBefore),
    resource: audience,
    ...earned,
  }
}

/** By which MSAL keeps accounts apart. */
function clientInfo(user: string, tenant: string): string {
  return Buffer.from(JSON.stringify({ uid: user, utid: tenant })).toString('base64url')
}
