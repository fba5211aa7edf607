import { Secret, type EncryptionAlgorithm, type KeyPlace, type KeySpec, type KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { keySpecOf } from '../../key-specs.ts'
import type { ActionContext, Actions } from '../action.ts'
import { keyVersionId } from '../answer-key.ts'
import { keyRef, resolveKey, resolveKeyVersion } from '../resolve-key.ts'

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
        ...additionalData(parameters.EncryptionContext),
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
      const text = new TextDecoder().decode(plaintext.reveal())
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
    ...additionalData(parameters.EncryptionContext),
  })
  return { answer: sealedAnswer(place, made), plaintext: made.plaintext }
}

function dataKeyBytes({
  KeySpec,
  NumberOfBytes,
}: DataKeyRequest['parameters']): number {
  if (NumberOfBytes !== undefined) return NumberOfBytes
  if (KeySpec === undefined) return STANDARD_DATA_KEY_BYTES
  const bytes = Object.hasOwn(DATA_KEY_BYTES, KeySpec) ? DATA_KEY_BYTES[KeySpec] : undefined
  if (bytes !== undefined) return bytes
  throw invalidParameter('KeySpec', `must be ${Object.keys(DATA_KEY_BYTES).join(' or ')}`)
}

/** What the vault encrypted, in the layout of this gateway. */
function sealedAnswer(
  { keyId }: KeyPlace,
  { key, ciphertext, iv, tag }: SealedParts,
): alibaba.shared.AnswerObject {
  if (iv === undefined || tag === undefined) throw new TypeError('GCM gives an IV and a tag')
  const id = keyVersionId(keyId, key)
  const sealed = Buffer.concat([ciphertext, tag])
  const blob = alibaba.buildCiphertext({ keyVersionId: id, iv, sealed })
  const CiphertextBlob = Buffer.from(blob).toString('base64')
  return { KeyId: keyId, KeyVersionId: id, CiphertextBlob }
}

interface SealedParts {
  readonly key: KeyVersion
  readonly ciphertext: Uint8Array
  readonly iv?: Uint8Array
  readonly tag?: Uint8Array
}

const TAG_BYTES = 16

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
  const at = parts.sealed.length - TAG_BYTES
  const opened = await request.vault.keys.decrypt(request.call, {
    key,
    algorithm: gcmOf,
    ciphertext: parts.sealed.subarray(0, at),
    tag: parts.sealed.subarray(at),
    iv: parts.iv,
    ...candidates(context),
  })
  return { place, key: opened.key, plaintext: opened.plaintext }
}

/** The authenticated cipher of a key; asymmetric keys have none. */
function gcmOf(spec: KeySpec): EncryptionAlgorithm | undefined {
  const { row } = keySpecOf(spec) ?? {}
  return row?.encryptions['AES_GCM'] ?? row?.encryptions['SM4_GCM']
}

function additionalData(
  context: alibaba.EncryptionContext | undefined,
): { readonly additionalData?: Uint8Array } {
  const data = context && alibaba.contextData(context)
  return data === undefined ? {} : { additionalData: data }
}

/** Clients of an instance gateway bind their ciphertexts to one of several forms. */
function candidates(context: alibaba.EncryptionContext | undefined): {
  readonly additionalData?: Uint8Array
  readonly orAdditionalData?: readonly Uint8Array[]
} {
  const [first, ...others] =
    context === undefined ? [] : alibaba.contextDataCandidates(context)
  if (first === undefined) return {}
  return { additionalData: first, orAdditionalData: others.filter((one) => one !== undefined) }
}
