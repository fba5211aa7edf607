import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '@claviger/vault'
import { calculateJwkThumbprint, FlattenedSign, type FlattenedJWS, type JWK } from 'jose'

const generate = promisify(generateKeyPair)

/** The key of an account at an ACME server: ES256, which every server has to take (RFC 8555 §6.2). */
export class AccountKey {
  /** The public key as the server sees it. */
  readonly jwk: JWK
  readonly #privateKey: KeyObject

  private constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey
    const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' })
    this.jwk = { kty, crv, x, y } as JWK
  }

  static async generate(): Promise<AccountKey> {
    const { privateKey } = await generate('ec', { namedCurve: 'P-256' })
    return new AccountKey(privateKey)
  }

  /** @param pkcs8 in DER, as `export` has given it. */
  static import(pkcs8: Secret): AccountKey {
    const key = Buffer.from(pkcs8.reveal())
    try {
      return new AccountKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }))
    } finally {
      key.fill(0)
    }
  }

  /** PKCS #8 in DER, for the vault to keep. */
  export(): Secret {
    return new Secret(this.#privateKey.export({ format: 'der', type: 'pkcs8' }))
  }

  /** RFC 7638; what the answers to challenges end with (RFC 8555 §8.1). */
  async thumbprint(): Promise<string> {
    return await calculateJwkThumbprint(this.jwk)
  }

  /** Signs a request; `payload` is empty for a POST-as-GET (RFC 8555 §6.3). */
  async sign(
    payload: string,
    header: { readonly url: string; readonly nonce: string } & (
      | { readonly kid: string }
      | { readonly jwk: JWK }
    ),
  ): Promise<FlattenedJWS> {
    return await new FlattenedSign(new TextEncoder().encode(payload))
      .setProtectedHeader({ alg: 'ES256', ...header })
      .sign(this.#privateKey)
  }
}
