import { encodeBase64 } from '../../core/base64.ts'
import { BadRequestError } from '../../core/index.ts'
import type {
  DecryptRequest,
  DecryptResponseBody,
  EncryptRequest,
  EncryptResponseBody,
  GenerateDataKeyRequest,
  GenerateDataKeyResponseBody,
  GenerateDataKeyWithoutPlaintextRequest,
  GenerateDataKeyWithoutPlaintextResponseBody,
} from '../actions/symmetric.ts'
import { utf8 } from '../digest.ts'
import { additionalData } from './additional-data.ts'
import {
  buildCiphertext,
  parseCiphertext,
  withAdvanceHead,
  withoutAdvanceHead,
} from './ciphertext.ts'
import { invalidParameter, octetsOf, type Transfer, type TransferAnswer } from './transfer.ts'

type Octets = Uint8Array<ArrayBuffer>

/** Encrypt at an instance; its ciphertext is one that the shared gateway opens too. */
export async function encrypt(
  transfer: Transfer,
  { keyId, plaintext, encryptionContext }: EncryptRequest,
): Promise<TransferAnswer<EncryptResponseBody>> {
  const aad = await additionalData(encryptionContext, transfer.isLowVersion)
  return seal(transfer, keyId, transfer.encoding.encode(plaintext), aad)
}

async function seal(
  { gateway, runtime, isLowVersion }: Transfer,
  keyId: string,
  plaintext: Octets,
  aad: Octets,
): Promise<TransferAnswer<EncryptResponseBody>> {
  const operation = isLowVersion ? 'Encrypt' : 'AdvanceEncrypt'
  const request = { KeyId: keyId, Plaintext: plaintext, Aad: aad }
  const { message, headers, keyVersionId } = await gateway.call(operation, request, runtime)
  const { CiphertextBlob, Iv } = message
  const version = isLowVersion ? keyVersionId() : message.KeyVersionId
  const ciphertext = isLowVersion
    ? buildCiphertext({ keyVersionId: version, iv: Iv, sealed: CiphertextBlob })
    : withoutAdvanceHead(CiphertextBlob)
  const body = {
    keyId: message.KeyId,
    keyVersionId: version,
    ciphertextBlob: encodeBase64(ciphertext),
    requestId: message.RequestId,
  }
  return { headers, body }
}

/** Decrypt at an instance: of ciphertexts of either gateway. */
export async function decrypt(
  { gateway, runtime, encoding, isLowVersion }: Transfer,
  { ciphertextBlob, encryptionContext }: DecryptRequest,
): Promise<TransferAnswer<DecryptResponseBody>> {
  const octets = octetsOf('CiphertextBlob', ciphertextBlob)
  const { keyVersionId: version, iv, sealed } = parseCiphertext(octets)
  const Aad = await additionalData(encryptionContext, isLowVersion)
  const { message, headers, keyVersionId } = isLowVersion
    ? await gateway.call('Decrypt', { CiphertextBlob: sealed, Iv: iv, Aad }, runtime, version)
    : await gateway.call(
        'AdvanceDecrypt',
        { CiphertextBlob: withAdvanceHead(octets), Iv: iv, Aad },
        runtime,
      )
  const body = {
    keyId: message.KeyId,
    keyVersionId: isLowVersion ? keyVersionId() : message.KeyVersionId,
    plaintext: encoding.decode(message.Plaintext),
    requestId: message.RequestId,
  }
  return { headers, body }
}

/**
 * GenerateDataKey at an instance, in two calls: one makes the key, and since this action encrypts
 * its text in base64, as Decrypt is to give it back, another one encrypts that.
 */
export async function generateDataKey(
  transfer: Transfer,
  request: GenerateDataKeyRequest,
): Promise<TransferAnswer<GenerateDataKeyResponseBody>> {
  const { gateway, runtime, isLowVersion } = transfer
  const { keyId } = request
  const Aad = await additionalData(request.encryptionContext, isLowVersion)
  const operation = isLowVersion ? 'GenerateDataKey' : 'AdvanceGenerateDataKey'
  const asked = { KeyId: keyId, NumberOfBytes: dataKeyBytes(request), Aad }
  const { message } = await gateway.call(operation, asked, runtime)
  const plaintext = encodeBase64(message.Plaintext)
  const { headers, body } = await seal(transfer, keyId, utf8(plaintext), Aad)
  return {
    headers,
    body: {
      keyId: message.KeyId,
      ...(isLowVersion ? {} : { keyVersionId: message.KeyVersionId }),
      plaintext,
      ciphertextBlob: body.ciphertextBlob,
      requestId: message.RequestId,
    },
  }
}

/** As GenerateDataKey; the plaintext goes no further than here. */
export async function generateDataKeyWithoutPlaintext(
  transfer: Transfer,
  request: GenerateDataKeyWithoutPlaintextRequest,
): Promise<TransferAnswer<GenerateDataKeyWithoutPlaintextResponseBody>> {
  const { headers, body } = await generateDataKey(transfer, request)
  const { plaintext: _, ...rest } = body
  return { headers, body: rest }
}

function dataKeyBytes({ numberOfBytes, keySpec }: GenerateDataKeyRequest): number {
  if (numberOfBytes !== undefined) {
    if (Number.isInteger(numberOfBytes) && numberOfBytes > 0) return numberOfBytes
    throw invalidParameter('NumberOfBytes')
  }
  if (keySpec === undefined || keySpec === 'AES_256') return 32
  if (keySpec === 'AES_128') return 16
  const message = 'The specified parameter KeySpec is not valid.'
  throw new BadRequestError({ code: 'InvalidParam', message })
}
