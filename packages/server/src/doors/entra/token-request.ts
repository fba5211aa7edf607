import { Secret, type ClientProof } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { EntraRefusal } from './entra-error.ts'
import { required, single } from './token-form.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A request to the token endpoint, read but not believed. */
export interface TokenRequest {
  readonly clientId: string
  readonly proof: ClientProof
  /** The v1 way to name what the token is for. */
  readonly resource: string | undefined
  readonly scope: string | undefined
}

/**
 * Reads the form of a sign-in by client credentials (RFC 6749 §4.4, RFC 7523 §2.2). Fields it does
 * not know are ignored, since clients send many about themselves; the query is not read at all.
 * @param audiences the token endpoint under all its names, for assertions.
 * @throws EntraRefusal
 */
export function readTokenRequest(
  { headers }: Pick<WireRequest, 'headers'>,
  form: URLSearchParams,
  audiences: readonly string[],
): TokenRequest {
  const { clientId, proof } = readClient({ headers }, form, audiences)
  if (proof === undefined) throw new EntraRefusal('CredentialMissing')
  return { clientId, proof, resource: single(form, 'resource'), scope: single(form, 'scope') }
}

/** Which client it is, and how it proves that, where it does. @throws EntraRefusal */
export function readClient(
  { headers }: Pick<WireRequest, 'headers'>,
  form: URLSearchParams,
  audiences: readonly string[],
): { readonly clientId: string; readonly proof: ClientProof | undefined } {
  const basic = readBasic(headers['authorization'])
  const clientId = single(form, 'client_id') ?? basic?.id
  if (clientId === undefined || clientId === '')
    throw new EntraRefusal('ParameterMissing', 'client_id')
  if (basic !== undefined && basic.id.toLowerCase() !== clientId.toLowerCase()) {
    throw new EntraRefusal('RequestMalformed', 'the header and the form name two clients')
  }
  return { clientId, proof: readProof(form, basic?.secret, audiences) }
}

function readProof(
  form: URLSearchParams,
  basicSecret: string | undefined,
  audiences: readonly string[],
): ClientProof | undefined {
  const formSecret = single(form, 'client_secret')
  const assertion = single(form, 'client_assertion')
  const [secret, ...others] = [basicSecret, formSecret, assertion].filter(
    (one) => one !== undefined,
  )
  if (secret === undefined) return undefined
  // RFC 6749 §2.3: one way to authenticate in each request.
  if (others.length > 0)
    throw new EntraRefusal('RequestMalformed', 'it has more than one credential')
  if (assertion === undefined) return { kind: 'secret', secret: Secret.fromText(secret) }
  const type = required(form, 'client_assertion_type')
  if (type !== ASSERTION_TYPE) {
    throw new EntraRefusal('RequestMalformed', `client_assertion_type must be ${ASSERTION_TYPE}`)
  }
  return { kind: 'assertion', assertion: Secret.fromText(assertion), audiences }
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
function readBasic(
  header: string | undefined,
): { readonly id: string; readonly secret: string } | undefined {
  const encoded = /^basic +([0-9a-z+/]+={0,2})$/i.exec(header?.trim() ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon === -1)
    throw new EntraRefusal('RequestMalformed', 'its Authorization header has no secret')
  return { id: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) }
}

/** Text that is not form-encoded after all, as some clients send it, stands for itself. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
