import { pemOf, publicKeyDer } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { signatureChoice, signatureName } from '../../choose-algorithm.ts'
import type { InstanceContext, InstanceOperations } from '../instance-operation.ts'
import {
  namedVersion,
  newestVersion,
  usedVersionId,
  type InstanceKey,
} from '../resolve-instance-key.ts'

const { Refusal } = alibaba.instance

type MessageType = 'RAW' | 'DIGEST'

/** Signatures; by the newest version of a key unless the header names another. */
export const SIGNATURE_OPERATIONS: InstanceOperations<'Sign' | 'Verify' | 'GetPublicKey'> = {
  async Sign(request) {
    const { vault, call, message } = request
    const { type, toSign } = signable(message)
    const found = await wantedVersion(request, message.KeyId)
    const signed = await vault.keys.sign(call, {
      key: found.key,
      algorithm: signatureChoice(message.Algorithm),
      form: 'der',
      ...toSign,
    })
    return {
      message: {
        KeyId: found.place.keyId,
        Signature: signed.signature,
        Algorithm: signatureName(signed.key.spec, signed.algorithm),
        MessageType: type,
      },
      keyVersionId: usedVersionId(found, signed.key),
    }
  },

  async Verify(request) {
    const { vault, call, message } = request
    const { type, toSign } = signable(message)
    const found = await wantedVersion(request, message.KeyId)
    const verified = await vault.keys.verify(call, {
      key: found.key,
      algorithm: signatureChoice(message.Algorithm),
      form: 'der',
      signature: message.Signature,
      ...toSign,
    })
    return {
      message: {
        KeyId: found.place.keyId,
        Value: verified.valid,
        Algorithm: signatureName(verified.key.spec, verified.algorithm),
        MessageType: type,
      },
      keyVersionId: usedVersionId(found, verified.key),
    }
  },

  async GetPublicKey(request) {
    const { vault, call, message } = request
    const found = await wantedVersion(request, message.KeyId)
    const version = await vault.keys.get(call, { key: found.key })
    if (version.publicKey === undefined) throw new Refusal('OperationUnsupported', {})
    return {
      message: {
        KeyId: found.place.keyId,
        PublicKey: pemOf('PUBLIC KEY', publicKeyDer(version.publicKey)),
      },
      keyVersionId: usedVersionId(found, version),
    }
  },
}

async function wantedVersion(context: InstanceContext, keyId: string): Promise<InstanceKey> {
  const { keyVersionId } = context
  return keyVersionId === undefined
    ? await newestVersion(context, keyId)
    : await namedVersion(context, keyVersionId, keyId)
}

interface Signable {
  readonly type: MessageType
  readonly toSign: { readonly message: Uint8Array } | { readonly digest: Uint8Array }
}

/** What is signed: a message, which the vault hashes, or a digest, which older clients send apart. */
function signable(sent: {
  readonly Message: Uint8Array
  readonly Digest: Uint8Array
  readonly MessageType: string
}): Signable {
  const { Message, Digest, MessageType } = sent
  if (Message.length === 0) return { type: 'DIGEST', toSign: { digest: Digest } }
  if (MessageType === 'DIGEST') return { type: MessageType, toSign: { digest: Message } }
  if (MessageType === 'RAW' || MessageType === '') {
    return { type: 'RAW', toSign: { message: Message } }
  }
  throw new Refusal('ParameterInvalid', {})
}
