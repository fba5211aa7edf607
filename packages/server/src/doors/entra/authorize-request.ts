import { redirectKind, type ClientApplication, type Identity, type Tenant } from '@claviger/vault'
import { EntraRefusal } from './entra-error.ts'
import { knownClient } from './known-client.ts'
import type { EntraSettings } from './settings.ts'
import { required, single } from './token-form.ts'
import { readUserScope } from './user-scope.ts'

const RESPONSE_MODES = ['query', 'fragment', 'form_post'] as const

/** Where the answer to a program goes. */
export interface AuthorizeTarget {
  readonly client: ClientApplication
  readonly redirectUri: string
  /** The program has to prove itself when it redeems the code. */
  readonly confidential: boolean
  readonly responseMode: (typeof RESPONSE_MODES)[number]
  readonly state: string | undefined
}

/** What a program wants once a person has signed in. */
export interface AuthorizeWish {
  readonly challenge: string
  readonly nonce: string | undefined
  readonly audience: string
  readonly offline: boolean
  readonly prompt: 'none' | 'login' | 'select_account' | undefined
  readonly loginHint: string | undefined
  /** Seconds since the sign-in after which the person signs in again. */
  readonly maximumAge: number | undefined
}

const MAXIMUM_STATE = 4096
const MAXIMUM_NONCE = 512
const MAXIMUM_HINT = 256
/** 43 characters: a SHA-256 digest in base64url. */
const CHALLENGE = /^[0-9A-Za-z_-]{43}$/

/**
 * Reads where the answer may go. What is wrong with this is told on a page, never by a redirect: it
 * would go to whoever has forged the request (RFC 6749 §4.1.2.1).
 * @throws EntraRefusal
 */
export async function readTarget(
  query: URLSearchParams,
  identity: Identity,
  tenant: Tenant,
): Promise<AuthorizeTarget> {
  const client = await knownClient(identity, tenant, required(query, 'client_id'))
  const redirectUri = required(query, 'redirect_uri')
  const kind = redirectKind(client, redirectUri)
  if (kind === undefined || URL.parse(redirectUri) === null) {
    throw new EntraRefusal('RedirectUnregistered', redirectUri)
  }
  const mode = single(query, 'response_mode') ?? 'query'
  const responseMode = RESPONSE_MODES.find((one) => one === mode)
  if (responseMode === undefined) throw new EntraRefusal('ResponseModeUnsupported', mode)
  const state = single(query, 'state')
  if (state !== undefined && state.length > MAXIMUM_STATE) {
    throw new EntraRefusal('RequestMalformed', `its state has more than ${MAXIMUM_STATE} characters`)
  }
  return { client, redirectUri, confidential: kind === 'confidential', responseMode, state }
}

/** Reads what is wanted; what is wrong with it the program is told. @throws EntraRefusal */
export function readWish(query: URLSearchParams, { services }: EntraSettings): AuthorizeWish {
  const type = required(query, 'response_type')
  if (type !== 'code') throw new EntraRefusal('ResponseTypeUnsupported', type)
  const challenge = single(query, 'code_challenge') ?? ''
  // `plain` would give the code to whoever has seen the request (RFC 9700 §2.1.1).
  const isHashed = single(query, 'code_challenge_method') === 'S256'
  if (challenge === '' || !isHashed) throw new EntraRefusal('ChallengeMissing')
  if (!CHALLENGE.test(challenge)) throw new EntraRefusal('ChallengeInvalid')
  const nonce = single(query, 'nonce')
  if (nonce !== undefined && nonce.length > MAXIMUM_NONCE) {
    throw new EntraRefusal('RequestMalformed', `its nonce has more than ${MAXIMUM_NONCE} characters`)
  }
  const [scope, resource] = [single(query, 'scope'), single(query, 'resource')]
  const { audience, offline } = readUserScope({ scope, resource }, services)
  return {
    challenge,
    nonce,
    audience,
    offline,
    prompt: promptIn(query),
    loginHint: single(query, 'login_hint')?.slice(0, MAXIMUM_HINT),
    maximumAge: ageIn(query),
  }
}

/** Nobody is asked for consent here, so what asks for it again asks for nothing. */
function promptIn(query: URLSearchParams): AuthorizeWish['prompt'] {
  const words = (single(query, 'prompt') ?? '').toLowerCase().split(' ')
  if (words.includes('none')) {
    if (words.length === 1) return 'none'
    throw new EntraRefusal('RequestMalformed', "its prompt has 'none' beside others")
  }
  if (words.includes('login')) return 'login'
  return words.includes('select_account') ? 'select_account' : undefined
}

function ageIn(query: URLSearchParams): number | undefined {
  const text = single(query, 'max_age')
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
