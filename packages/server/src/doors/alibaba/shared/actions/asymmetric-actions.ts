import {
  pemOf,
  publicKeyDer,
  Secret,
  type KeyPlace,
  type KeyRef,
  type KeyVersion,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { encryptionChoice, signatureChoice } from '../../choose-algorithm.ts'
import type { ActionContext, Actions } from '../action.ts'
import { keyVersionId } from '../answer-key.ts'
import { inParameter } from '../in-parameter.ts'
import { keyRef, resolveKey, versionOfKey } from '../resolve-key.ts'

const { encodeBase64, KmsRefusal } = alibaba.shared

/** Pairs of keys at work: by the version that is named, by the newest where none is. */
export const ASYMMETRIC_ACTIONS: Actions<
  'AsymmetricEncrypt' | 'AsymmetricDecrypt' | 'AsymmetricSign' | 'AsymmetricVerify' | 'GetPublicKey'
> = {
  async AsymmetricEncrypt(request) {
    const { vault, call, parameters } = request
    const found = await keyOf(request, parameters)
    const plaintext = new Secret(parameters.Plaintext)
    try {
      const { key, ciphertext } = await vault.keys
        .encrypt(call, {
          key: found.key,
          algorithm: encryptionChoice({ algorithm: parameters.Algorithm, keys: 'asymmetric' }),
          plaintext,
        })
        .catch(inParameter({ value: 'Plaintext' }))
      return { ...idsOf(found, key), CiphertextBlob: encodeBase64(ciphertext) }
    } finally {
      plaintext.wipe()
    }
  },

  async AsymmetricDecrypt(request) {
    const { vault, call, parameters } = request
    const found = await keyOf(request, parameters)
    const { key, plaintext } = await vault.keys.decrypt(call, {
      key: found.key,
      algorithm: encryptionChoice({ algorithm: parameters.Algorithm, keys: 'asymmetric' }),
      ciphertext: parameters.CiphertextBlob,
    })
    try {
      return { ...idsOf(found, key), Plaintext: encodeBase64(plaintext.reveal()) }
    } finally {
      plaintext.wipe()
    }
  },

  async AsymmetricSign(request) {
    const { vault, call, parameters } = request
    const found = await keyOf(request, parameters)
    const { key, signature } = await vault.keys.sign(call, {
      key: found.key,
      algorithm: signatureChoice(parameters.Algorithm),
      digest: parameters.Digest,
      form: 'der',
    })
    return { ...idsOf(found, key), Value: encodeBase64(signature) }
  },

  async AsymmetricVerify(request) {
    const { vault, call, parameters } = request
    const found = await keyOf(request, parameters)
    const { key, valid } = await vault.keys.verify(call, {
      key: found.key,
      algorithm: signatureChoice(parameters.Algorithm),
      digest: parameters.Digest,
      signature: parameters.Value,
      form: 'der',
    })
    return { ...idsOf(found, key), Value: valid }
  },

  async GetPublicKey(request) {
    const { vault, call, parameters } = request
    const found = await keyOf(request, parameters)
    const version = await vault.keys.get(call, { key: found.key })
    const { publicKey } = version
    if (publicKey === undefined) {
      throw new KmsRefusal('UnsupportedOperation', {
        recommend: 'A symmetric key has no public key.',
      })
    }
    return { ...idsOf(found, version), PublicKey: pemOf('PUBLIC KEY', publicKeyDer(publicKey)) }
  },
}

interface FoundKey {
  readonly place: KeyPlace
  readonly key: KeyRef
}

async function keyOf(
  request: ActionContext,
  { KeyId, KeyVersionId }: { readonly KeyId: string; readonly KeyVersionId?: string },
): Promise<FoundKey> {
  const place = await resolveKey(request, KeyId)
  const key =
    KeyVersionId === undefined ? keyRef(place) : await versionOfKey(request, place, KeyVersionId)
  return { place, key }
}

function idsOf(
  { place: { keyId } }: FoundKey,
  key: KeyVersion,
): { readonly KeyId: string; readonly KeyVersionId: string } {
  return { KeyId: keyId, KeyVersionId: keyVersionId(keyId, key) }
}
