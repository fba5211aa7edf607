import { Secret, type KeyPlace, type KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { keyVersionId } from '../answer-key.ts'
import { boundToContext, boundToFormOfContext } from '../context-data.ts'
import { openedText } from '../opened-text.ts'
import { keyRef, resolveKey, resolveKeyVersion } from '../resolve-key.ts'
import { gcmOf, sealedAnswer } from '../sealed-answer.ts'

const { invalidParameter, KmsRefusal } = alibaba.shared

const STANDARD_DATA_KEY_BYTES = 32
const DATA_KEY_BYTES: Readonly<Record<string, number>> = { AES_256: 32, AES_128: 16 }

/** Encryption under symmetric keys, and data keys. */
export const SYMMETRIC_ACTIONS: Actions<
  'Encrypt' | 'Decrypt' | 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'
> = {
  async Encrypt(request) {
    const { vault, call, parameters } = request
    const place = await resolveKey(request, parameters.KeyId)
    const plaintext = Secret.fromText(parameters.Plaintext)
    try {
      const encrypted = await vault.keys.encrypt(call, {
        key: keyRef(place),
        algorithm: gcmOf,
        plaintext,
        ...boundToContext(parameters.EncryptionContext),
      })
      return sealedAnswer(place, encrypted)
    } finally {
      plaintext.wipe()
    }
  },

  async Decrypt(request) {
    const { CiphertextBlob, EncryptionContext } = request.parameters
    const { place, key, plaintext } = await decrypted(request, CiphertextBlob, EncryptionContext)
    try {
      const text = openedText(plaintext.reveal())
      return { KeyId: place.keyId, KeyVersionId: keyVersionId(place.keyId, key), Plaintext: text }
    } finally {
      plaintext.wipe()
    }
  },

  async GenerateDataKey(request) {
    const { answer, plaintext } = await dataKey(request)
    try {
      return { ...answer, Plaintext: Buffer.from(plaintext.reveal()).toString('base64') }
    } finally {
      plaintext.wipe()
    }
  },

  async GenerateDataKeyWithoutPlaintext(request) {
    const { answer, plaintext } = await dataKey(request)
    plaintext.wipe()
    return answer
  },
}

type DataKeyRequest = ActionContext & {
  readonly parameters: alibaba.shared.ActionParameters<'GenerateDataKeyWithoutPlaintext'>
}

async function dataKey(
  request: DataKeyRequest,
): Promise<{ readonly answer: alibaba.shared.AnswerObject; readonly plaintext: Secret }> {
  const { vault, call, parameters } = request
  const count = dataKeyBytes(parameters)
  const place = await resolveKey(request, parameters.KeyId)
  const made = await vault.keys.generateDataKey(call, {
    key: keyRef(place),
    algorithm: gcmOf,
    count,
    // Programs that know text alone get back from Decrypt what they were given here.
    form: 'base64',
    ...boundToContext(parameters.EncryptionContext),
  })
  return { answer: sealedAnswer(place, made), plaintext: made.plaintext }
}

/** How many octets a data key is to have. @throws KmsRefusal InvalidParameter */
export function dataKeyBytes({
  KeySpec,
  NumberOfBytes,
}: Pick<DataKeyRequest['parameters'], 'KeySpec' | 'NumberOfBytes'>): number {
  if (NumberOfBytes !== undefined) return NumberOfBytes
  if (KeySpec === undefined) return STANDARD_DATA_KEY_BYTES
  const bytes = Object.hasOwn(DATA_KEY_BYTES, KeySpec) ? DATA_KEY_BYTES[KeySpec] : undefined
  if (bytes !== undefined) return bytes
  throw invalidParameter('KeySpec', `must be ${Object.keys(DATA_KEY_BYTES).join(' or ')}`)
}

/**
 * Opens a blob of either gateway with whatever its context may have been bound as.
 * @throws KmsRefusal InvalidParameter, one for all that a blob or its context can have wrong.
 */
export async function decrypted(
  request: ActionContext,
  blob: Uint8Array,
  context: alibaba.EncryptionContext | undefined,
): Promise<{ readonly place: KeyPlace; readonly key: KeyVersion; readonly plaintext: Secret }> {
  const parts = alibaba.parseCiphertext(blob)
  if (parts === undefined) throw new KmsRefusal('InvalidParameter')
  const { place, key } = await resolveKeyVersion(request, parts.keyVersionId)
  const opened = await request.vault.keys.decrypt(request.call, {
    key,
    algorithm: gcmOf,
    ciphertext: parts.sealed,
    tagBehind: true,
    iv: parts.iv,
    ...boundToFormOfContext(context),
  })
  return { place, key: opened.key, plaintext: opened.plaintext }
}
