// The messages of the instance gateway (proto3) that the actions need: one row per message, one
// entry per field. Types and codec are derived from it. Read off the vendor's own clients.

/** `strings` is a repeated string; the others occur once. */
export type FieldKind = 'string' | 'bytes' | 'int32' | 'bool' | 'strings'

export type MessageFields = Readonly<Record<string, readonly [number: number, kind: FieldKind]>>

export const MESSAGE_FIELDS = {
  Error: { ErrorCode: [2, 'string'], ErrorMessage: [3, 'string'], RequestId: [4, 'string'] },
  EncryptRequest: {
    KeyId: [1, 'string'],
    Plaintext: [2, 'bytes'],
    Algorithm: [3, 'string'],
    Aad: [4, 'bytes'],
  },
  EncryptResponse: {
    KeyId: [1, 'string'],
    CiphertextBlob: [2, 'bytes'],
    Iv: [3, 'bytes'],
    RequestId: [4, 'string'],
    KeyVersionId: [7, 'string'],
  },
  DecryptRequest: {
    CiphertextBlob: [1, 'bytes'],
    KeyId: [2, 'string'],
    Algorithm: [3, 'string'],
    Aad: [4, 'bytes'],
    Iv: [5, 'bytes'],
  },
  DecryptResponse: {
    KeyId: [1, 'string'],
    Plaintext: [2, 'bytes'],
    RequestId: [3, 'string'],
    KeyVersionId: [6, 'string'],
  },
  GenerateDataKeyRequest: { KeyId: [1, 'string'], NumberOfBytes: [3, 'int32'], Aad: [4, 'bytes'] },
  AdvanceGenerateDataKeyRequest: {
    KeyId: [1, 'string'],
    NumberOfBytes: [2, 'int32'],
    Aad: [3, 'bytes'],
  },
  GenerateDataKeyResponse: {
    KeyId: [1, 'string'],
    Plaintext: [3, 'bytes'],
    RequestId: [5, 'string'],
    KeyVersionId: [7, 'string'],
  },
  SignRequest: {
    KeyId: [1, 'string'],
    Algorithm: [3, 'string'],
    Message: [4, 'bytes'],
    MessageType: [5, 'string'],
  },
  SignResponse: { KeyId: [1, 'string'], Signature: [2, 'bytes'], RequestId: [3, 'string'] },
  VerifyRequest: {
    KeyId: [1, 'string'],
    Signature: [3, 'bytes'],
    Algorithm: [4, 'string'],
    Message: [5, 'bytes'],
    MessageType: [6, 'string'],
  },
  VerifyResponse: { KeyId: [1, 'string'], Value: [2, 'bool'], RequestId: [3, 'string'] },
  GetPublicKeyRequest: { KeyId: [1, 'string'] },
  GetPublicKeyResponse: {
    KeyId: [1, 'string'],
    PublicKey: [2, 'string'],
    RequestId: [3, 'string'],
  },
  GetSecretValueRequest: {
    SecretName: [1, 'string'],
    VersionStage: [2, 'string'],
    VersionId: [3, 'string'],
    FetchExtendedConfig: [4, 'bool'],
  },
  GetSecretValueResponse: {
    SecretName: [1, 'string'],
    SecretType: [2, 'string'],
    SecretData: [3, 'string'],
    SecretDataType: [4, 'string'],
    VersionStages: [5, 'strings'],
    VersionId: [6, 'string'],
    CreateTime: [7, 'string'],
    RequestId: [8, 'string'],
    LastRotationDate: [9, 'string'],
    NextRotationDate: [10, 'string'],
    ExtendedConfig: [11, 'string'],
    AutomaticRotation: [12, 'string'],
    RotationInterval: [13, 'string'],
  },
} as const

export type MessageName = keyof typeof MESSAGE_FIELDS

/** Operations by their `x-kms-apiname`: what they take and give. */
export const OPERATIONS = {
  Encrypt: ['EncryptRequest', 'EncryptResponse'],
  AdvanceEncrypt: ['EncryptRequest', 'EncryptResponse'],
  Decrypt: ['DecryptRequest', 'DecryptResponse'],
  AdvanceDecrypt: ['DecryptRequest', 'DecryptResponse'],
  GenerateDataKey: ['GenerateDataKeyRequest', 'GenerateDataKeyResponse'],
  AdvanceGenerateDataKey: ['AdvanceGenerateDataKeyRequest', 'GenerateDataKeyResponse'],
  Sign: ['SignRequest', 'SignResponse'],
  Verify: ['VerifyRequest', 'VerifyResponse'],
  GetPublicKey: ['GetPublicKeyRequest', 'GetPublicKeyResponse'],
  GetSecretValue: ['GetSecretValueRequest', 'GetSecretValueResponse'],
} as const

export type Operation = keyof typeof OPERATIONS

interface FieldValues {
  readonly string: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly int32: number
  readonly bool: boolean
  readonly strings: readonly string[]
}

/** A message as it was read; proto3 does not tell an absent field from one with its default. */
export type Message<Name extends MessageName> = {
  readonly [Field in keyof (typeof MESSAGE_FIELDS)[Name]]: ValueOf<
    (typeof MESSAGE_FIELDS)[Name][Field]
  >
}

type ValueOf<Entry> = Entry extends readonly [number, infer Kind extends FieldKind]
  ? FieldValues[Kind]
  : never

export type RequestOf<Name extends Operation> = Partial<Message<(typeof OPERATIONS)[Name][0]>>
export type ResponseOf<Name extends Operation> = Message<(typeof OPERATIONS)[Name][1]>
