import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '@claviger/vault'

const generate = promisify(generateKeyPair)

/** The key of an account: for ES256, which every ACME server has to take (RFC 8555 §6.2). */
export class AccountKey {
  readonly #privateKey: KeyObject

  private constructor(privateKey: KeyObject) {
    this.#privateKey = privateKey
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

  /** PKCS #8 in PEM, which is how the library takes it; for nothing else. */
  pem(): string {
    return this.#privateKey.export({ format: 'pem', type: 'pkcs8' })
  }
}
