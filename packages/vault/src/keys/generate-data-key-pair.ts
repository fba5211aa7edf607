import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import type { KeySpec } from '../crypto/key-spec.ts'
import { pemOf } from '../crypto/pem-of.ts'
import type { CipherOutput, Provider } from '../crypto/provider.ts'
import { publicKeyDer } from '../crypto/public-key-der.ts'
import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { chosenAlgorithm, type AlgorithmChoice } from './algorithm-choice.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface GenerateDataKeyPairInput {
  readonly key: KeyRef
  readonly algorithm: AlgorithmChoice<EncryptionAlgorithm>
  /** What the pair is made as. */
  readonly pair: Extract<KeySpec, { type: 'RSA' | 'EC' }>
  /** How both halves are written: PKCS #8 and SubjectPublicKeyInfo, in PEM or DER. */
  readonly form: 'pem' | 'der'
  readonly additionalData?: Uint8Array
}

export interface GeneratedDataKeyPair extends CipherOutput {
  readonly key: KeyVersion
  readonly algorithm: EncryptionAlgorithm
  /** In its form, as it is encrypted; the caller wipes it. */
  readonly privateKey: Secret
  readonly publicKey: Uint8Array
}

/** Makes a pair of keys for somebody else, and encrypts the private one under this key. */
export const generateDataKeyPair = operation<GenerateDataKeyPairInput, GeneratedDataKeyPair>({
  name: 'KeyGenerateDataKeyPair',
  permission: 'keys/wrapKey',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, pair, form, additionalData }) {
    const { provider, once } = context
    const { version, handle } = await usableKey(context, key, 'encrypt')
    const chosen = chosenAlgorithm(algorithm, version.spec)
    const { pkcs8, spki } = await once<MadePair>({
      make: () => makePair(provider, pair),
      undo: async () => undefined,
      release: (made) => made.pkcs8.wipe(),
    })
    const privateKey = new Secret(inForm('PRIVATE KEY', pkcs8.reveal(), form))
    try {
      const encrypted = await provider.encrypt(handle, chosen, {
        plaintext: privateKey.reveal(),
        makesIv: true,
        ...(additionalData === undefined ? {} : { additionalData }),
      })
      const publicKey = inForm('PUBLIC KEY', spki, form)
      return { key: version, algorithm: chosen, privateKey, publicKey, ...encrypted }
    } catch (thrown) {
      privateKey.wipe()
      throw thrown
    }
  },
})

interface MadePair {
  readonly pkcs8: Secret
  readonly spki: Uint8Array
}

/** The pair leaves the provider whole: nothing of it stays there. */
async function makePair(provider: Provider, spec: KeySpec): Promise<MadePair> {
  const made = await provider.create(spec)
  const { publicKey, material } = made
  if (publicKey === undefined) throw new TypeError('a pair has a public key')
  const handle = { id: randomHexId(), spec, publicKey, load: async () => material }
  try {
    return { pkcs8: await provider.exportPrivateKey(handle), spki: publicKeyDer(publicKey) }
  } finally {
    await provider.destroy(handle)
  }
}

/** Octets of their own. */
function inForm(
  label: 'PUBLIC KEY' | 'PRIVATE KEY',
  der: Uint8Array,
  form: 'pem' | 'der',
): Uint8Array {
  return form === 'der' ? Uint8Array.from(der) : Buffer.from(pemOf(label, der))
}
