import type { KeySpec } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { advanceCiphertext, joinTag } from '../../advance-ciphertext.ts'
import { encryptionChoice, encryptionName } from '../../choose-algorithm.ts'
import { KEY_SPECS } from '../../key-specs.ts'
import { boundTo } from '../bound-to.ts'
import type { InstanceContext, InstanceOperations } from '../instance-operation.ts'
import {
  lastingVersion,
  newestVersion,
  usedVersionId,
  type InstanceKey,
} from '../resolve-instance-key.ts'

const { Refusal } = alibaba.instance

/**
 * Pairs of keys for the data of others: PKCS #8 and SubjectPublicKeyInfo, in PEM or DER, the
 * private one encrypted as it is written.
 */
export const KEY_PAIR_OPERATIONS: InstanceOperations<
  | 'GenerateDataKeyPair'
  | 'GenerateDataKeyPairWithoutPlaintext'
  | 'AdvanceGenerateDataKeyPair'
  | 'AdvanceGenerateDataKeyPairWithoutPlaintext'
> = {
  async GenerateDataKeyPair(request) {
    const found = await lastingVersion(request, request.message.KeyId)
    const made = await keyPair(request, found, request.message)
    const message = { ...plainAnswer(found, made), PrivateKeyPlaintext: made.privateKey.reveal() }
    return { message, keyVersionId: usedVersionId(found, made.key), shown: made.privateKey }
  },

  async GenerateDataKeyPairWithoutPlaintext(request) {
    const found = await lastingVersion(request, request.message.KeyId)
    const made = await keyPair(request, found, request.message)
    made.privateKey.wipe()
    return { message: plainAnswer(found, made), keyVersionId: usedVersionId(found, made.key) }
  },

  async AdvanceGenerateDataKeyPair(request) {
    const found = await newestVersion(request, request.message.KeyId)
    const made = await keyPair(request, found, { ...request.message, Algorithm: '' })
    const message = { ...advanceAnswer(found, made), PrivateKeyPlaintext: made.privateKey.reveal() }
    return { message, keyVersionId: message.KeyVersionId, shown: made.privateKey }
  },

  async AdvanceGenerateDataKeyPairWithoutPlaintext(request) {
    const found = await newestVersion(request, request.message.KeyId)
    const made = await keyPair(request, found, { ...request.message, Algorithm: '' })
    made.privateKey.wipe()
    const message = advanceAnswer(found, made)
    return { message, keyVersionId: message.KeyVersionId }
  },
}

interface WantedPair {
  readonly Algorithm: string
  readonly KeyPairSpec: string
  readonly KeyFormat: string
  readonly Aad: Uint8Array
}

interface MadePair extends Awaited<
  ReturnType<InstanceContext['vault']['keys']['generateDataKeyPair']>
> {
  readonly pairSpec: string
}

async function keyPair(
  { vault, call }: InstanceContext,
  { key }: InstanceKey,
  wanted: WantedPair,
): Promise<MadePair> {
  const made = await vault.keys.generateDataKeyPair(call, {
    key,
    algorithm: encryptionChoice({ algorithm: wanted.Algorithm, keys: 'symmetric' }),
    pair: pairOf(wanted.KeyPairSpec),
    form: formOf(wanted.KeyFormat),
    ...boundTo(wanted.Aad),
  })
  return { ...made, pairSpec: wanted.KeyPairSpec }
}

interface PairAnswer {
  readonly KeyId: string
  readonly Iv: Uint8Array
  readonly KeyPairSpec: string
  readonly PrivateKeyCiphertextBlob: Uint8Array
  readonly PublicKey: Uint8Array
  readonly Algorithm: string
}

function plainAnswer({ place }: InstanceKey, made: MadePair): PairAnswer {
  return {
    KeyId: place.keyId,
    Iv: made.iv ?? new Uint8Array(),
    KeyPairSpec: made.pairSpec,
    PrivateKeyCiphertextBlob: joinTag(made.ciphertext, made.tag),
    PublicKey: made.publicKey,
    Algorithm: encryptionName(made.key.spec, made.algorithm).algorithm,
  }
}

function advanceAnswer(
  found: InstanceKey,
  made: MadePair,
): PairAnswer & { readonly KeyVersionId: string } {
  return {
    ...plainAnswer(found, made),
    PrivateKeyCiphertextBlob: advanceCiphertext(found.place.keyId, made),
    KeyVersionId: usedVersionId(found, made.key),
  }
}

function pairOf(name: string): Extract<KeySpec, { type: 'RSA' | 'EC' }> {
  const spec = Object.hasOwn(KEY_SPECS, name) ? KEY_SPECS[name]?.spec : undefined
  if (spec?.type === 'RSA' || spec?.type === 'EC') return spec
  throw new Refusal('ParameterInvalid', {})
}

/** PEM where none is named. */
function formOf(name: string): 'pem' | 'der' {
  if (name === '' || name === 'PEM') return 'pem'
  if (name === 'DER') return 'der'
  throw new Refusal('ParameterInvalid', {})
}
