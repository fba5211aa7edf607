// A secret may name a key of its vault. Its values are then encrypted by that key, within the seal
// that every record has: whoever reads or writes one needs the key too, and a key that is disabled
// or destroyed takes the values with it. Stored are the ciphertext and, in the version, what opens
// it.
import type { EncryptionAlgorithm } from '../crypto/algorithms.ts'
import { ENCRYPTIONS } from '../crypto/algorithms.ts'
import type { KeySpec } from '../crypto/key-spec.ts'
import { isFault } from '../fault.ts'
import { chosenAlgorithm } from '../keys/algorithm-choice.ts'
import { keyNotFound } from '../keys/read-key.ts'
import { usableKey } from '../keys/usable-key.ts'
import type { OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import { Secret } from '../seal/secret.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { EncryptionKey, SecretVersion } from './secret.ts'

/**
 * A version as it is stored: its value encrypted where the secret names a key.
 * @throws Fault AccessDenied, and those of a key that cannot be used; AlgorithmUnfit for one that
 *   is not symmetric.
 */
export async function closeValue(
  context: OperationContext,
  key: EncryptionKey | undefined,
  version: SecretVersion,
  value: Secret,
): Promise<Content<SecretVersion>> {
  if (key === undefined) return { meta: version, secret: value }
  const container = context.vault()
  await context.demand('keys/wrapKey', `keys/${key.name}`)
  const ref = { vault: container.name, name: key.name }
  const { version: used, handle } = await usableKey(context, ref, 'encrypt')
  const algorithm = chosenAlgorithm(authenticatedCipher, used.spec)
  const { ciphertext, iv, tag } = await context.provider.encrypt(handle, algorithm, {
    plaintext: value.reveal(),
    additionalData: placeOf(container, version),
  })
  if (iv === undefined || tag === undefined) throw new TypeError('the cipher is authenticated')
  const encryption = {
    key: used.name,
    keyVersion: used.version,
    algorithm,
    iv: Buffer.from(iv).toString('base64url'),
    tag: Buffer.from(tag).toString('base64url'),
  }
  return { meta: { ...version, encryption }, secret: new Secret(ciphertext) }
}

/**
 * The value of a stored version.
 * @throws Fault AccessDenied, and those of a key that cannot be used.
 */
export async function openValue(
  context: OperationContext,
  { meta, secret = new Secret(new Uint8Array()) }: Content<SecretVersion>,
): Promise<Secret> {
  const { encryption } = meta
  if (encryption === undefined) return secret
  const container = context.vault()
  await context.demand('keys/decrypt', `keys/${encryption.key}`)
  const { handle } = await keyOf(context, encryption.key, encryption.keyVersion)
  const plaintext = await context.provider.decrypt(handle, encryption.algorithm, {
    ciphertext: secret.reveal(),
    iv: Buffer.from(encryption.iv, 'base64url'),
    tag: Buffer.from(encryption.tag, 'base64url'),
    additionalData: placeOf(container, meta),
  })
  return new Secret(plaintext)
}

/** To who reads a secret a key of the same name that was made later is as good as none. */
async function keyOf(
  context: OperationContext,
  name: string,
  version: string,
): Promise<Awaited<ReturnType<typeof usableKey>>> {
  const key = { vault: context.vault().name, name }
  try {
    return await usableKey(context, { ...key, version }, 'decrypt')
  } catch (thrown) {
    if (!isFault(thrown, 'ObjectNotFound') || thrown.detail.deleted === true) throw thrown
    throw keyNotFound(key)
  }
}

/** What a ciphertext is bound to, so that it opens nowhere else. */
function placeOf({ id }: VaultRecord, { name, version }: SecretVersion): Uint8Array {
  return Buffer.from(`${id}/secrets/${name.toLowerCase()}/${version}`)
}

function authenticatedCipher(spec: KeySpec): EncryptionAlgorithm | undefined {
  if (spec.type !== 'oct' && spec.type !== 'SM4') return undefined
  for (const [name, row] of Object.entries(ENCRYPTIONS)) {
    const fits = 'mode' in row && row.mode === 'gcm' && row.keyType === spec.type
    // The names of a table are the names of its type.
    if (fits && row.keyBytes * 8 === spec.bits) return name as EncryptionAlgorithm
  }
  return undefined
}
