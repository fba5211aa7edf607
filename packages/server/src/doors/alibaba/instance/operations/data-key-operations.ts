import { alibaba } from '@claviger/wire'
import { advanceCiphertext, joinTag } from '../../advance-ciphertext.ts'
import { encryptionChoice, encryptionName } from '../../choose-algorithm.ts'
import { boundTo } from '../bound-to.ts'
import type { InstanceContext, InstanceOperations } from '../instance-operation.ts'
import {
  lastingVersion,
  newestVersion,
  usedVersionId,
  type InstanceKey,
} from '../resolve-instance-key.ts'

const { Refusal } = alibaba.instance

const STANDARD_BYTES = 32
const MOST_BYTES = 1024

/** Data keys and random octets. A data key is encrypted as the octets that it is. */
export const DATA_KEY_OPERATIONS: InstanceOperations<
  'GenerateDataKey' | 'AdvanceGenerateDataKey' | 'GenerateRandom'
> = {
  async GenerateDataKey(request) {
    const { message } = request
    const found = await lastingVersion(request, message.KeyId)
    const made = await dataKey(request, found, message)
    return {
      message: {
        KeyId: found.place.keyId,
        Iv: made.iv ?? new Uint8Array(),
        Plaintext: made.plaintext.reveal(),
        CiphertextBlob: joinTag(made.ciphertext, made.tag),
        Algorithm: encryptionName(made.key.spec, made.algorithm).algorithm,
      },
      keyVersionId: usedVersionId(found, made.key),
      shown: made.plaintext,
    }
  },

  async AdvanceGenerateDataKey(request) {
    const found = await newestVersion(request, request.message.KeyId)
    const made = await dataKey(request, found, { ...request.message, Algorithm: '' })
    const keyVersionId = usedVersionId(found, made.key)
    return {
      message: {
        KeyId: found.place.keyId,
        Iv: made.iv ?? new Uint8Array(),
        Plaintext: made.plaintext.reveal(),
        CiphertextBlob: advanceCiphertext(found.place.keyId, made),
        Algorithm: encryptionName(made.key.spec, made.algorithm).algorithm,
        KeyVersionId: keyVersionId,
      },
      keyVersionId,
      shown: made.plaintext,
    }
  },

  async GenerateRandom({ vault, call, instance, message }) {
    const random = await vault.keys.getRandomBytes(call, {
      vault: instance,
      count: message.Length,
      limit: MOST_BYTES,
    })
    return { message: { Random: random.reveal() }, shown: random }
  },
}

type DataKey = Awaited<ReturnType<InstanceContext['vault']['keys']['generateDataKey']>>

async function dataKey(
  { vault, call }: InstanceContext,
  { key }: InstanceKey,
  wanted: { readonly Algorithm: string; readonly NumberOfBytes: number; readonly Aad: Uint8Array },
): Promise<DataKey> {
  const count = wanted.NumberOfBytes === 0 ? STANDARD_BYTES : wanted.NumberOfBytes
  if (count < 0 || count > MOST_BYTES) throw new Refusal('ParameterInvalid', {})
  return await vault.keys.generateDataKey(call, {
    key,
    algorithm: encryptionChoice({ algorithm: wanted.Algorithm, keys: 'symmetric' }),
    count,
    form: 'octets',
    ...boundTo(wanted.Aad),
  })
}
