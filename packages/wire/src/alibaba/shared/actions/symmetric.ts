import type { ActionTable } from './action-row.ts'
import { optional, required } from './parameter.ts'
import { CONTEXT, DRY_RUN, KEY_ID, PLAINTEXT } from './shared-parameters.ts'

const CIPHERTEXT = { CiphertextBlob: required('base64') } as const

/** NumberOfBytes goes before KeySpec; without both the data key has 32 octets. */
const DATA_KEY = {
  ...KEY_ID,
  KeySpec: optional('text'),
  NumberOfBytes: optional('integer', { within: [1, 1024] }),
  ...CONTEXT,
  ...DRY_RUN,
} as const

const EXPORT = {
  PublicKeyBlob: required('base64'),
  WrappingKeySpec: required('text'),
  WrappingAlgorithm: required('text'),
} as const

export const SYMMETRIC_ACTIONS = {
  Encrypt: {
    parameters: {
      ...KEY_ID,
      // Documented as base64, but the service takes it as the text it is and gives that back.
      Plaintext: required('text', PLAINTEXT),
      ...CONTEXT,
      ...DRY_RUN,
    },
    onInstance: true,
  },
  Decrypt: {
    parameters: { ...CIPHERTEXT, ...CONTEXT, Recipient: optional('text'), ...DRY_RUN },
    onInstance: true,
  },
  ReEncrypt: {
    parameters: {
      ...CIPHERTEXT,
      DestinationKeyId: required('text'),
      // These three when the ciphertext is of an asymmetric key.
      SourceKeyId: optional('text'),
      SourceKeyVersionId: optional('text'),
      SourceEncryptionAlgorithm: optional('text'),
      SourceEncryptionContext: optional('context'),
      DestinationEncryptionContext: optional('context'),
      ...DRY_RUN,
    },
  },
  GenerateDataKey: {
    parameters: { ...DATA_KEY, Recipient: optional('text') },
    onInstance: true,
  },
  GenerateDataKeyWithoutPlaintext: { parameters: DATA_KEY, onInstance: true },
  ExportDataKey: {
    parameters: { ...CIPHERTEXT, ...CONTEXT, ...EXPORT, ...DRY_RUN },
    onInstance: true,
  },
  GenerateAndExportDataKey: { parameters: { ...DATA_KEY, ...EXPORT }, onInstance: true },
} as const satisfies ActionTable
