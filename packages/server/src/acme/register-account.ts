import type { Secret } from '@claviger/vault'
import type { ExternalAccountBinding } from './acme-client.ts'
import { AcmeFailure } from './acme-failure.ts'
import { AcmeSession, type AcmeSessionOptions } from './acme-session.ts'

export interface NewAccount extends Pick<AcmeSessionOptions, 'exchange' | 'directory' | 'key'> {
  /** Where the authority writes to. */
  readonly emails: readonly string[]
  /** The key is base64url, as the authority has given it. */
  readonly externalAccount?: { readonly keyId: string; readonly key: Secret }
}

/**
 * Makes an account for a key, or finds the one it has (RFC 8555 §7.3).
 * @throws AcmeFailure
 */
export async function registerAccount({
  emails,
  externalAccount,
  ...options
}: NewAccount): Promise<{ readonly session: AcmeSession; readonly url: string }> {
  const session = await AcmeSession.open({
    ...options,
    ...(externalAccount === undefined ? {} : { binding: bindingOf(externalAccount) }),
  })
  try {
    return { session, url: await session.createAccount(emails) }
  } catch (thrown) {
    const isMissing = thrown instanceof AcmeFailure && thrown.type === 'externalAccountRequired'
    if (!isMissing || externalAccount !== undefined) throw thrown
    throw new AcmeFailure(
      'The ACME server takes accounts of its customers alone: set account_id and pwd in the ' +
        'credentials of the issuer to the key id and the HMAC key that it has given you.',
    )
  }
}

/** RFC 8555 §7.3.4: the other account's key vouches for the public key of the new one. */
function bindingOf({
  keyId,
  key,
}: NonNullable<NewAccount['externalAccount']>): ExternalAccountBinding {
  const hmacKey = Buffer.from(key.reveal()).toString('latin1').trim().replace(/=+$/, '')
  try {
    // The library takes any text, and leaves out what it cannot decode.
    Uint8Array.fromBase64(hmacKey, { alphabet: 'base64url' }).fill(0)
  } catch {
    throw new AcmeFailure(
      'The pwd in the credentials of the issuer must be the HMAC key of the ACME server in ' +
        'base64url.',
    )
  }
  return { kid: keyId, hmacKey }
}
