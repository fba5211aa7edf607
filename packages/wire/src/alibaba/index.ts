export {
  buildAdvanceCiphertext,
  buildCiphertext,
  KEY_VERSION_ID_LENGTH,
  parseAdvanceCiphertext,
  parseCiphertext,
  type AdvanceCiphertext,
  type Ciphertext,
  type CiphertextPadding,
  type CipherMode,
} from './ciphertext.ts'
export {
  canonicalContext,
  contextData,
  contextDataCandidates,
  encryptionContextOf,
  parseEncryptionContext,
  type EncryptionContext,
} from './encryption-context.ts'
export { equalAdditionalData } from './equal-additional-data.ts'
export * as instance from './instance/index.ts'
export * as shared from './shared/index.ts'
