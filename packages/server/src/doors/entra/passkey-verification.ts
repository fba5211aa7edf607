import { challengeDigest, type PasskeyCredential, type PasskeyProof } from '@claviger/vault'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'

/** What a browser needs to use a passkey (WebAuthn §5.5), as JSON. */
export function passkeyRequest({ host }: WireRequest, challenge: string): string {
  return JSON.stringify({
    challenge: challengeDigest(challenge).toString('base64url'),
    rpId: host,
    userVerification: 'required',
    timeout: 300_000,
    allowCredentials: [],
  })
}

/** What a browser needs to make a passkey (WebAuthn §5.4), as JSON. */
export function passkeyCreation(
  { host }: WireRequest,
  challenge: string,
  user: { readonly id: string; readonly name: string; readonly displayName: string },
  known: readonly string[],
): string {
  const algorithms = [-8, -7, -257]
  return JSON.stringify({
    challenge: challengeDigest(challenge).toString('base64url'),
    rp: { id: host, name: 'Claviger' },
    user: { ...user, id: Buffer.from(user.id).toString('base64url') },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
    timeout: 300_000,
    excludeCredentials: known.map((id) => ({ type: 'public-key', id })),
  })
}

/** A passkey's answer, read but not believed; `undefined` for what is none. */
export function passkeyProof(
  request: WireRequest,
  challenge: string,
  answer: string,
): PasskeyProof | undefined {
  const response = parsed(answer)
  const inner = membersOf(response?.['response'])
  const [id, userHandle] = [response?.['id'], inner?.['userHandle']]
  if (response === undefined || typeof id !== 'string' || typeof userHandle !== 'string') {
    return undefined
  }
  return {
    user: Buffer.from(userHandle, 'base64url').toString('utf8'),
    passkeyId: id,
    verify: (credential) => verify(request, challenge, response, credential),
  }
}

async function verify(
  request: WireRequest,
  challenge: string,
  response: object,
  { passkeyId, publicKey, counter }: PasskeyCredential,
): Promise<number | undefined> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      // It checks the shape itself, and throws.
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challengeDigest(challenge).toString('base64url'),
      expectedOrigin: originOf(request),
      expectedRPID: request.host,
      credential: { id: passkeyId, publicKey: Buffer.from(publicKey, 'base64url'), counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    return undefined
  }
}

/** A passkey that a browser has made, once its proof was verified; `undefined` for any other. */
export async function newPasskey(
  request: WireRequest,
  challenge: string,
  answer: string,
): Promise<Pick<PasskeyCredential, 'passkeyId' | 'publicKey' | 'counter' | 'transports'> | undefined> {
  const response = parsed(answer)
  if (response === undefined) return undefined
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as unknown as RegistrationResponseJSON,
      expectedChallenge: challengeDigest(challenge).toString('base64url'),
      expectedOrigin: originOf(request),
      expectedRPID: request.host,
      requireUserVerification: true,
    })
    if (!verified) return undefined
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential
    return { passkeyId: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
  } catch {
    return undefined
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return membersOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? { ...value } : undefined
}
