import { encodeBase64 } from '../../core/base64.ts'
import type {
  AsymmetricDecryptRequest,
  AsymmetricDecryptResponseBody,
  AsymmetricEncryptRequest,
  AsymmetricEncryptResponseBody,
  AsymmetricSignRequest,
  AsymmetricSignResponseBody,
  AsymmetricVerifyRequest,
  AsymmetricVerifyResponseBody,
  GetPublicKeyRequest,
  GetPublicKeyResponseBody,
} from '../actions/asymmetric.ts'
import type { InstanceAnswer } from './instance-gateway.ts'
import { octetsOf, type Transfer, type TransferAnswer } from './transfer.ts'

/** AsymmetricEncrypt at an instance. */
export async function asymmetricEncrypt(
  { gateway, runtime }: Transfer,
  request: AsymmetricEncryptRequest,
): Promise<TransferAnswer<AsymmetricEncryptResponseBody>> {
  const Plaintext = octetsOf('Plaintext', request.plaintext)
  const asked = { ...keyAndAlgorithm(request), Plaintext }
  const answer = await gateway.call('Encrypt', asked, runtime, request.keyVersionId)
  const ciphertextBlob = encodeBase64(answer.message.CiphertextBlob)
  return { headers: answer.headers, body: { ...commonBody(answer), ciphertextBlob } }
}

/** AsymmetricDecrypt at an instance. */
export async function asymmetricDecrypt(
  { gateway, runtime }: Transfer,
  request: AsymmetricDecryptRequest,
): Promise<TransferAnswer<AsymmetricDecryptResponseBody>> {
  const CiphertextBlob = octetsOf('CiphertextBlob', request.ciphertextBlob)
  const asked = { ...keyAndAlgorithm(request), CiphertextBlob }
  const answer = await gateway.call('Decrypt', asked, runtime, request.keyVersionId)
  const plaintext = encodeBase64(answer.message.Plaintext)
  return { headers: answer.headers, body: { ...commonBody(answer), plaintext } }
}

/** AsymmetricSign at an instance. */
export async function asymmetricSign(
  { gateway, runtime }: Transfer,
  request: AsymmetricSignRequest,
): Promise<TransferAnswer<AsymmetricSignResponseBody>> {
  const asked = { ...keyAndAlgorithm(request), ...digestOf(request) }
  const answer = await gateway.call('Sign', asked, runtime, request.keyVersionId)
  const value = encodeBase64(answer.message.Signature)
  return { headers: answer.headers, body: { ...commonBody(answer), value } }
}

/** AsymmetricVerify at an instance. */
export async function asymmetricVerify(
  { gateway, runtime }: Transfer,
  request: AsymmetricVerifyRequest,
): Promise<TransferAnswer<AsymmetricVerifyResponseBody>> {
  const Signature = octetsOf('Value', request.value)
  const asked = { ...keyAndAlgorithm(request), ...digestOf(request), Signature }
  const answer = await gateway.call('Verify', asked, runtime, request.keyVersionId)
  return { headers: answer.headers, body: { ...commonBody(answer), value: answer.message.Value } }
}

/** GetPublicKey at an instance. */
export async function getPublicKey(
  { gateway, runtime }: Transfer,
  { keyId, keyVersionId }: GetPublicKeyRequest,
): Promise<TransferAnswer<GetPublicKeyResponseBody>> {
  const answer = await gateway.call('GetPublicKey', { KeyId: keyId }, runtime, keyVersionId)
  const publicKey = answer.message.PublicKey
  return { headers: answer.headers, body: { ...commonBody(answer), publicKey } }
}

interface WithAlgorithm {
  readonly keyId: string
  readonly algorithm: string
}

function keyAndAlgorithm({ keyId, algorithm }: WithAlgorithm): {
  readonly KeyId: string
  readonly Algorithm: string
} {
  return { KeyId: keyId, Algorithm: algorithm }
}

function digestOf({ digest }: { readonly digest: string }): {
  readonly Message: Uint8Array<ArrayBuffer>
  readonly MessageType: string
} {
  return { Message: octetsOf('Digest', digest), MessageType: 'DIGEST' }
}

type Asymmetric = 'Encrypt' | 'Decrypt' | 'Sign' | 'Verify' | 'GetPublicKey'

function commonBody({ message, keyVersionId }: InstanceAnswer<Asymmetric>): {
  readonly keyId: string
  readonly keyVersionId: string
  readonly requestId: string
} {
  return { keyId: message.KeyId, keyVersionId: keyVersionId(), requestId: message.RequestId }
}
