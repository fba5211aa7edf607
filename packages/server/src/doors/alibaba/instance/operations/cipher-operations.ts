import { Secret, type EncryptedBy } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { advanceCiphertext, joinTag } from '../../advance-ciphertext.ts'
import {
  cipherChoice,
  encryptionChoice,
  encryptionName,
  readPaddingMode,
  type EncryptionWish,
} from '../../choose-algorithm.ts'
import { boundTo } from '../bound-to.ts'
import type { InstanceAnswer, InstanceOperations, InstanceRequest } from '../instance-operation.ts'
import {
  lastingVersion,
  namedVersion,
  newestVersion,
  usedVersionId,
  type InstanceKey,
} from '../resolve-instance-key.ts'

const { Refusal } = alibaba.instance

/**
 * Encryption. Encrypt and Decrypt leave IV, algorithm and version to the caller, so a symmetric key
 * does both by the version that it was made with; ciphertexts of AdvanceEncrypt say all of it.
 */
export const CIPHER_OPERATIONS: InstanceOperations<
  'Encrypt' | 'Decrypt' | 'AdvanceEncrypt' | 'AdvanceDecrypt'
> = {
  async Encrypt(request) {
    const found = await lastingVersion(request, request.message.KeyId)
    const made = await encrypted(request, found, wishOf(request.message))
    const { algorithm, paddingMode } = encryptionName(made.key.spec, made.algorithm)
    return {
      message: {
        KeyId: found.place.keyId,
        CiphertextBlob: joinTag(made.ciphertext, made.tag),
        Iv: made.iv ?? new Uint8Array(),
        Algorithm: algorithm,
        PaddingMode: paddingMode,
      },
      keyVersionId: usedVersionId(found, made.key),
    }
  },

  Decrypt: (request) => decrypted(request),

  async AdvanceEncrypt(request) {
    const found = await newestVersion(request, request.message.KeyId)
    const wish = { ...wishOf(request.message), keys: 'symmetric' } as const
    const made = await encrypted(request, found, wish)
    const { algorithm, paddingMode } = encryptionName(made.key.spec, made.algorithm)
    const keyVersionId = usedVersionId(found, made.key)
    return {
      message: {
        KeyId: found.place.keyId,
        CiphertextBlob: advanceCiphertext(found.place.keyId, made),
        Iv: made.iv ?? new Uint8Array(),
        Algorithm: algorithm,
        PaddingMode: paddingMode,
        KeyVersionId: keyVersionId,
      },
      keyVersionId,
    }
  },

  async AdvanceDecrypt(request) {
    const { vault, call, message } = request
    const parts = alibaba.parseAdvanceCiphertext(message.CiphertextBlob)
    // Of Encrypt: the message must say what the ciphertext does not.
    if (parts === undefined) return await advanceDecrypted(request)
    const found = await namedVersion(request, parts.keyVersionId, message.KeyId)
    const opened = await vault.keys.decrypt(call, {
      key: found.key,
      algorithm: cipherChoice(parts),
      ciphertext: parts.sealed,
      tagBehind: true,
      ...ivOf(parts.iv),
      ...boundToOneOf(message.Aad),
    })
    const { algorithm, paddingMode } = encryptionName(opened.key.spec, opened.algorithm)
    const keyVersionId = usedVersionId(found, opened.key)
    return {
      message: {
        KeyId: found.place.keyId,
        Plaintext: opened.plaintext.reveal(),
        Algorithm: algorithm,
        PaddingMode: paddingMode,
        KeyVersionId: keyVersionId,
      },
      keyVersionId,
      shown: opened.plaintext,
    }
  },
}

async function encrypted(
  { vault, call, message }: InstanceRequest<'Encrypt' | 'AdvanceEncrypt'>,
  { key }: InstanceKey,
  wish: EncryptionWish,
): Promise<EncryptedBy> {
  const plaintext = new Secret(message.Plaintext)
  try {
    return await vault.keys.encrypt(call, {
      key,
      algorithm: encryptionChoice(wish),
      plaintext,
      makesIv: true,
      ...ivOf(message.Iv),
      ...boundTo(message.Aad),
    })
  } finally {
    plaintext.wipe()
  }
}

async function decrypted({
  message,
  ...context
}: InstanceRequest<'Decrypt' | 'AdvanceDecrypt'>): Promise<InstanceAnswer<'Decrypt'>> {
  const { vault, call } = context
  const found = await lastingVersion(context, message.KeyId)
  const opened = await vault.keys.decrypt(call, {
    key: found.key,
    algorithm: encryptionChoice(wishOf(message)),
    ciphertext: message.CiphertextBlob,
    tagBehind: true,
    ...ivOf(message.Iv),
    ...boundToOneOf(message.Aad),
  })
  const { algorithm, paddingMode } = encryptionName(opened.key.spec, opened.algorithm)
  return {
    message: {
      KeyId: found.place.keyId,
      Plaintext: opened.plaintext.reveal(),
      Algorithm: algorithm,
      PaddingMode: paddingMode,
    },
    keyVersionId: usedVersionId(found, opened.key),
    shown: opened.plaintext,
  }
}

async function advanceDecrypted(
  request: InstanceRequest<'AdvanceDecrypt'>,
): Promise<InstanceAnswer<'AdvanceDecrypt'>> {
  const { KeyId } = request.message
  if (KeyId === '' && request.keyVersionId === undefined) throw new Refusal('ParameterInvalid', {})
  const { message, keyVersionId, ...answer } = await decrypted(request)
  if (keyVersionId === undefined) return { message, ...answer }
  return { message: { ...message, KeyVersionId: keyVersionId }, keyVersionId, ...answer }
}

function wishOf(message: {
  readonly Algorithm: string
  readonly PaddingMode: string
}): EncryptionWish {
  const padding = readPaddingMode(message.PaddingMode)
  if (padding === undefined) throw new Refusal('ParameterInvalid', {})
  return { algorithm: message.Algorithm, ...padding }
}

function ivOf(iv: Uint8Array): { readonly iv?: Uint8Array } {
  return iv.length === 0 ? {} : { iv }
}

/** What was made through another client or gateway may be bound to another form of a context. */
function boundToOneOf(aad: Uint8Array): {
  readonly additionalData?: Uint8Array
  readonly orAdditionalData?: readonly Uint8Array[]
} {
  return { ...boundTo(aad), orAdditionalData: alibaba.equalAdditionalData(aad) }
}
