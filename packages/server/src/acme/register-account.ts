import type { Secret } from '@claviger/vault'
import { FlattenedSign, type FlattenedJWS } from 'jose'
import { AcmeFailure } from './acme-failure.ts'
import type { AcmeSession } from './acme-session.ts'

export interface NewAccount {
  /** Where the authority writes to. */
  readonly emails: readonly string[]
  /** The key is base64url, as the authority has given it. */
  readonly externalAccount?: { readonly keyId: string; readonly key: Secret }
}

/**
 * Makes an account for the key of a session, or finds the one it has (RFC 8555 §7.3); gives its URL.
 * The operator has agreed to the terms by listing the directory.
 * @throws AcmeFailure
 */
export async function registerAccount(
  session: AcmeSession,
  { emails, externalAccount }: NewAccount,
): Promise<string> {
  const { newAccount, needsExternalAccount } = session.directory
  if (needsExternalAccount && externalAccount === undefined) {
    throw new AcmeFailure(
      'The ACME server takes accounts of its customers alone: set account_id and pwd in the ' +
        'credentials of the issuer to the key id and the HMAC key that it has given you.',
    )
  }
  const contact = emails.map((email) => `mailto:${email}`)
  const { headers } = await session.post(newAccount, {
    payload: {
      termsOfServiceAgreed: true,
      ...(contact.length === 0 ? {} : { contact }),
      ...(externalAccount === undefined
        ? {}
        : { externalAccountBinding: await binding(session, externalAccount) }),
    },
  })
  const url = headers.get('location')
  if (url === null) {
    throw new AcmeFailure('The ACME server has made an account without URL.', { mayPass: true })
  }
  return url
}

/** RFC 8555 §7.3.4: the other account's key vouches for the public key of the new one. */
async function binding(
  { key, directory }: AcmeSession,
  { keyId, key: hmacKey }: NonNullable<NewAccount['externalAccount']>,
): Promise<FlattenedJWS> {
  const secret = decoded(hmacKey)
  try {
    return await new FlattenedSign(new TextEncoder().encode(JSON.stringify(key.jwk)))
      .setProtectedHeader({ alg: 'HS256', kid: keyId, url: directory.newAccount })
      .sign(secret)
  } finally {
    secret.fill(0)
  }
}

function decoded(key: Secret): Uint8Array {
  try {
    const text = Buffer.from(key.reveal()).toString('latin1').trim().replace(/=+$/, '')
    return Uint8Array.fromBase64(text, { alphabet: 'base64url' })
  } catch {
    throw new AcmeFailure(
      'The pwd in the credentials of the issuer must be the HMAC key of the ACME server in base64url.',
    )
  }
}
