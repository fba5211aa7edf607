import assert from 'node:assert/strict'
import { it } from 'node:test'
import type {
  AsymmetricSignRequest,
  CreateKeyRequest,
  ExportDataKeyRequest as ExportRequest,
  GetParametersForImportRequest as ImportRequest,
  KmsConfig,
  ReEncryptRequest,
  TagResourceRequest,
} from './index.ts'

// What must not compile: each line below its mark is a mistake, and the compiler says so or fails.

const digest = ''
const ciphertextBlob = ''
const publicKeyBlob = ''
const sm2 = { wrappingKeySpec: 'EC_SM2' } as const
const rsa = { wrappingKeySpec: 'RSA_2048' } as const

const right = [
  { keySpec: 'RSA_2048', keyUsage: 'SIGN/VERIFY' } satisfies CreateKeyRequest,
  { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' } satisfies CreateKeyRequest,
  { enableAutomaticRotation: true, rotationInterval: '365d' } satisfies CreateKeyRequest,
  { keyId: 'k', algorithm: 'ECDSA_SHA_256', digest } satisfies AsymmetricSignRequest,
  { ciphertextBlob, destinationKeyId: 'k' } satisfies ReEncryptRequest,
  { keyId: 'k', ...sm2, wrappingAlgorithm: 'SM2PKE' } satisfies ImportRequest,
]

const wrong = [
  // @ts-expect-error: a symmetric key signs nothing
  { keySpec: 'Aliyun_AES_256', keyUsage: 'SIGN/VERIFY' } satisfies CreateKeyRequest,
  // @ts-expect-error: a key pair makes no codes
  { keySpec: 'EC_P256', keyUsage: 'GENERATE_VERIFY_MAC' } satisfies CreateKeyRequest,
  // @ts-expect-error: a key pair is never rotated by itself
  { keySpec: 'RSA_2048', enableAutomaticRotation: true } satisfies CreateKeyRequest,
  // @ts-expect-error: RSA-OAEP encrypts
  { keyId: 'k', algorithm: 'RSAES_OAEP_SHA_256', digest } satisfies AsymmetricSignRequest,
  // @ts-expect-error: SM2 wraps with SM2PKE alone
  { keyId: 'k', ...sm2, wrappingAlgorithm: 'RSAES_OAEP_SHA_1' } satisfies ImportRequest,
  // @ts-expect-error: RSA never wraps with SM2PKE
  { publicKeyBlob, ciphertextBlob, ...rsa, wrappingAlgorithm: 'SM2PKE' } satisfies ExportRequest,
  // @ts-expect-error: a ciphertext of a key pair comes with its version and algorithm
  { ciphertextBlob, destinationKeyId: 'k', sourceKeyId: 's' } satisfies ReEncryptRequest,
  // @ts-expect-error: one object at a time
  { keyId: 'k', secretName: 's', tags: [] } satisfies TagResourceRequest,
  // @ts-expect-error: an instance has no such action, so it goes to the shared gateway anyway
  { endpoint: 'e', defaultKmsApiNames: ['CreateKey'] } satisfies KmsConfig,
]

it('requests whose parts do not fit each other do not compile', () => {
  assert.equal(right.length, 6)
  assert.equal(wrong.length, 9)
})
