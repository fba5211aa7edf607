import { readPublicKey, Secret, type Recipient } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { advanceCiphertext } from '../../advance-ciphertext.ts'
import { encryptionChoice, encryptionName, readPaddingMode } from '../../choose-algorithm.ts'
import { KEY_SPECS, keySpecOf } from '../../key-specs.ts'
import type { ActionContext, Actions } from '../action.ts'
import { keyVersionId } from '../answer-key.ts'
import { boundToContext, boundToFormOfContext } from '../context-data.ts'
import { inParameter } from '../in-parameter.ts'
import { keyRef, resolveKey, resolveKeyVersion, versionOfKey } from '../resolve-key.ts'
import { gcmOf, sealedAnswer } from '../sealed-answer.ts'
import { dataKeyBytes, decrypted } from './symmetric-actions.ts'

const { encodeBase64, invalidParameter, KmsRefusal, missingParameter } = alibaba.shared

/** Ciphertexts that go on to other keys, and what only one old client knows. */
export const DATA_KEY_ACTIONS: Actions<
  'ReEncrypt' | 'ExportDataKey' | 'GenerateAndExportDataKey' | 'AdvanceEncrypt'
> = {
  async ReEncrypt(request) {
    const { vault, call, parameters } = request
    const plaintext = await sourcePlaintext(request, parameters)
    try {
      const place = await resolveKey(request, parameters.DestinationKeyId)
      const encrypted = await vault.keys.encrypt(call, {
        key: keyRef(place),
        algorithm: gcmOf,
        plaintext,
        ...boundToContext(parameters.DestinationEncryptionContext),
      })
      return sealedAnswer(place, encrypted)
    } finally {
      plaintext.wipe()
    }
  },

  async ExportDataKey(request) {
    const { vault, call, parameters } = request
    const recipient = recipientOf(parameters)
    const parts = alibaba.parseCiphertext(parameters.CiphertextBlob)
    if (parts === undefined) throw new KmsRefusal('InvalidParameter')
    const { place, key } = await resolveKeyVersion(request, parts.keyVersionId)
    const { key: used, exported } = await vault.keys
      .exportDataKey(call, {
        key,
        algorithm: gcmOf,
        ciphertext: parts.sealed,
        tagBehind: true,
        iv: parts.iv,
        recipient,
        ...boundToFormOfContext(parameters.EncryptionContext),
      })
      .catch(inParameter({ value: 'CiphertextBlob' }))
    return {
      KeyId: place.keyId,
      KeyVersionId: keyVersionId(place.keyId, used),
      ExportedDataKey: encodeBase64(exported),
    }
  },

  async GenerateAndExportDataKey(request) {
    const { vault, call, parameters } = request
    const recipient = recipientOf(parameters)
    const count = dataKeyBytes(parameters)
    const place = await resolveKey(request, parameters.KeyId)
    const made = await vault.keys
      .generateDataKey(call, {
        key: keyRef(place),
        algorithm: gcmOf,
        count,
        form: 'base64',
        recipient,
        ...boundToContext(parameters.EncryptionContext),
      })
      .catch(inParameter({ value: 'NumberOfBytes' }))
    made.plaintext.wipe()
    const { exported = new Uint8Array() } = made
    return { ...sealedAnswer(place, made), ExportedDataKey: encodeBase64(exported) }
  },

  async AdvanceEncrypt(request) {
    const { vault, call, parameters } = request
    const { Plaintext, Aad, Iv, Algorithm } = parameters
    const padding = readPaddingMode(parameters.PaddingMode)
    if (padding === undefined) {
      throw invalidParameter('PaddingMode', 'must be PKCS7_PADDING or NO_PADDING')
    }
    const place = await resolveKey(request, parameters.KeyId)
    const plaintext = new Secret(Plaintext)
    const made = await vault.keys
      .encrypt(call, {
        key: keyRef(place),
        algorithm: encryptionChoice({ algorithm: Algorithm, keys: 'symmetric', ...padding }),
        plaintext,
        makesIv: true,
        ...(Iv === undefined ? {} : { iv: Iv }),
        ...(Aad === undefined ? {} : { additionalData: Aad }),
      })
      .catch(inParameter({ value: 'Plaintext', iv: 'Iv', aad: 'Aad' }))
      .finally(() => plaintext.wipe())
    const { algorithm, paddingMode } = encryptionName(made.key.spec, made.algorithm)
    return {
      KeyId: place.keyId,
      KeyVersionId: keyVersionId(place.keyId, made.key),
      CiphertextBlob: encodeBase64(advanceCiphertext(place.keyId, made)),
      Iv: encodeBase64(made.iv ?? new Uint8Array()),
      Algorithm: algorithm,
      PaddingMode: paddingMode,
    }
  },
}

/**
 * What is encrypted anew. Of an asymmetric key it is octets, which this gateway shows as base64, so
 * it is that text; and then the caller names the key, since the ciphertext does not.
 */
async function sourcePlaintext(
  request: ActionContext,
  source: alibaba.shared.ActionParameters<'ReEncrypt'>,
): Promise<Secret> {
  const { CiphertextBlob, SourceEncryptionContext, SourceEncryptionAlgorithm: algorithm } = source
  const { SourceKeyId: keyId, SourceKeyVersionId: versionId } = source
  if (keyId === undefined && versionId === undefined && algorithm === undefined) {
    return (await decrypted(request, CiphertextBlob, SourceEncryptionContext)).plaintext
  }
  if (keyId === undefined) throw missingParameter('SourceKeyId')
  if (versionId === undefined) throw missingParameter('SourceKeyVersionId')
  if (algorithm === undefined) throw missingParameter('SourceEncryptionAlgorithm')
  const { plaintext } = await request.vault.keys.decrypt(request.call, {
    key: await versionOfKey(request, await resolveKey(request, keyId), versionId),
    algorithm: encryptionChoice({ algorithm, keys: 'asymmetric' }),
    ciphertext: CiphertextBlob,
  })
  try {
    return Secret.fromText(encodeBase64(plaintext.reveal()))
  } finally {
    plaintext.wipe()
  }
}

/** Specs of the public keys that data keys leave under. */
const WRAPPING_SPECS = ['RSA_2048', 'EC_SM2'] as const

interface Wrapping {
  readonly PublicKeyBlob: Uint8Array
  readonly WrappingKeySpec: string
  readonly WrappingAlgorithm: string
}

/** @throws KmsRefusal InvalidParameter */
function recipientOf({ PublicKeyBlob, WrappingKeySpec, WrappingAlgorithm }: Wrapping): Recipient {
  const spec = WRAPPING_SPECS.find((one) => one === WrappingKeySpec)
  if (spec === undefined) {
    throw invalidParameter('WrappingKeySpec', `must be ${WRAPPING_SPECS.join(' or ')}`)
  }
  const algorithms = KEY_SPECS[spec]?.encryptions ?? {}
  const algorithm = Object.hasOwn(algorithms, WrappingAlgorithm)
    ? algorithms[WrappingAlgorithm]
    : undefined
  if (algorithm === undefined) {
    const names = Object.keys(algorithms).join(' or ')
    throw invalidParameter('WrappingAlgorithm', `must be ${names} with ${spec}`)
  }
  const key = readPublicKey(PublicKeyBlob)
  if (key === undefined || keySpecOf(key.spec)?.name !== spec) {
    throw invalidParameter('PublicKeyBlob', `must be a public key ${spec} in DER (RFC 5280)`)
  }
  return { key, algorithm }
}
