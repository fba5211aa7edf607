import { KEY_VERSION_HEADER } from './header-names.ts'
import type { Message, MessageName } from './message.ts'

/** A field that must be given; of a list one must be, and the first is named when none is. */
export type RequiredField<Field extends string> =
  | Field
  | readonly [first: Field, ...others: (Field | KeyVersion)[]]

type KeyVersion = typeof KEY_VERSION_HEADER

export interface OperationRow<Request extends MessageName, Response extends MessageName> {
  readonly request: Request
  readonly response: Response
  readonly required: readonly RequiredField<string & keyof Message<Request>>[]
}

/** Ties the required fields to those that the message has. */
function row<Request extends MessageName, Response extends MessageName>(
  request: Request,
  response: Response,
  required: OperationRow<Request, Response>['required'],
): OperationRow<Request, Response> {
  return { request, response, required }
}

// Older clients send the digest in a field of its own.
const MESSAGE = ['Message', 'Digest'] as const

/**
 * The operations of the instance gateway by their `x-kms-apiname`: those that the vendor's clients
 * have. Its description has messages for Hmac, Hash, KmsEncrypt and KmsDecrypt too, but no client
 * has a call for them.
 *
 * Only what is always needed is required here. The Iv and the Algorithm of a decryption depend on
 * the key and the ciphertext; NumberOfBytes has a default.
 */
export const OPERATIONS = {
  Encrypt: row('EncryptRequest', 'EncryptResponse', ['KeyId', 'Plaintext']),
  Decrypt: row('DecryptRequest', 'DecryptResponse', [
    ['KeyId', KEY_VERSION_HEADER],
    'CiphertextBlob',
  ]),
  AdvanceEncrypt: row('AdvanceEncryptRequest', 'AdvanceEncryptResponse', ['KeyId', 'Plaintext']),
  AdvanceDecrypt: row('AdvanceDecryptRequest', 'AdvanceDecryptResponse', ['CiphertextBlob']),
  GenerateDataKey: row('GenerateDataKeyRequest', 'GenerateDataKeyResponse', ['KeyId']),
  AdvanceGenerateDataKey: row(
    'AdvanceGenerateDataKeyRequest',
    'AdvanceGenerateDataKeyResponse',
    ['KeyId'],
  ),
  GenerateDataKeyPair: row('GenerateDataKeyPairRequest', 'GenerateDataKeyPairResponse', [
    'KeyId',
    'KeyPairSpec',
  ]),
  GenerateDataKeyPairWithoutPlaintext: row(
    'GenerateDataKeyPairWithoutPlaintextRequest',
    'GenerateDataKeyPairWithoutPlaintextResponse',
    ['KeyId', 'KeyPairSpec'],
  ),
  AdvanceGenerateDataKeyPair: row(
    'AdvanceGenerateDataKeyPairRequest',
    'AdvanceGenerateDataKeyPairResponse',
    ['KeyId', 'KeyPairSpec'],
  ),
  AdvanceGenerateDataKeyPairWithoutPlaintext: row(
    'AdvanceGenerateDataKeyPairWithoutPlaintextRequest',
    'AdvanceGenerateDataKeyPairWithoutPlaintextResponse',
    ['KeyId', 'KeyPairSpec'],
  ),
  Sign: row('SignRequest', 'SignResponse', ['KeyId', MESSAGE]),
  Verify: row('VerifyRequest', 'VerifyResponse', ['KeyId', MESSAGE, 'Signature']),
  GetPublicKey: row('GetPublicKeyRequest', 'GetPublicKeyResponse', ['KeyId']),
  GenerateRandom: row('GenerateRandomRequest', 'GenerateRandomResponse', ['Length']),
  GetSecretValue: row('GetSecretValueRequest', 'GetSecretValueResponse', ['SecretName']),
} as const

/** The name of an operation. */
export type Operation = keyof typeof OPERATIONS

export type RequestOf<Name extends Operation> = Message<(typeof OPERATIONS)[Name]['request']>

export type ResponseOf<Name extends Operation> = Message<(typeof OPERATIONS)[Name]['response']>

/** Letter by letter, as the gateway compares names. */
export function isOperation(name: string): name is Operation {
  return Object.hasOwn(OPERATIONS, name)
}
