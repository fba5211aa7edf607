// The messages of the instance gateway (proto3, package `protobuf`), read off the vendor's own
// clients: one row per message, one entry per field. Everything else here is derived from it: the
// types, the codec, and the test that compares it with an encoder of its own.

/** `strings` is a repeated string; the others occur once. */
export type FieldKind = 'string' | 'bytes' | 'int32' | 'bool' | 'strings'

/** The number of a field on the wire, and what it holds. In a row, numbers ascend. */
export type Field = readonly [number: number, kind: FieldKind]

export type MessageFields = Readonly<Record<string, Field>>

const encryptRequest = {
  KeyId: [1, 'string'],
  Plaintext: [2, 'bytes'],
  Algorithm: [3, 'string'],
  Aad: [4, 'bytes'],
  Iv: [5, 'bytes'],
  PaddingMode: [6, 'string'],
} as const

const encryptResponse = {
  KeyId: [1, 'string'],
  CiphertextBlob: [2, 'bytes'],
  Iv: [3, 'bytes'],
  RequestId: [4, 'string'],
  Algorithm: [5, 'string'],
  PaddingMode: [6, 'string'],
} as const

const decryptRequest = {
  CiphertextBlob: [1, 'bytes'],
  KeyId: [2, 'string'],
  Algorithm: [3, 'string'],
  Aad: [4, 'bytes'],
  Iv: [5, 'bytes'],
  PaddingMode: [6, 'string'],
} as const

const decryptResponse = {
  KeyId: [1, 'string'],
  Plaintext: [2, 'bytes'],
  RequestId: [3, 'string'],
  Algorithm: [4, 'string'],
  PaddingMode: [5, 'string'],
} as const

const generateDataKeyResponse = {
  KeyId: [1, 'string'],
  Iv: [2, 'bytes'],
  Plaintext: [3, 'bytes'],
  CiphertextBlob: [4, 'bytes'],
  RequestId: [5, 'string'],
  Algorithm: [6, 'string'],
} as const

const keyPairRequest = {
  KeyId: [1, 'string'],
  Algorithm: [2, 'string'],
  KeyPairSpec: [3, 'string'],
  KeyFormat: [4, 'string'],
  Aad: [5, 'bytes'],
} as const

const advanceKeyPairRequest = {
  KeyId: [1, 'string'],
  KeyPairSpec: [2, 'string'],
  KeyFormat: [3, 'string'],
  Aad: [4, 'bytes'],
} as const

const keyPairResponse = {
  KeyId: [1, 'string'],
  Iv: [2, 'bytes'],
  KeyPairSpec: [3, 'string'],
  PrivateKeyPlaintext: [4, 'bytes'],
  PrivateKeyCiphertextBlob: [5, 'bytes'],
  PublicKey: [6, 'bytes'],
  RequestId: [7, 'string'],
  Algorithm: [8, 'string'],
} as const

const keyPairWithoutPlaintextResponse = {
  KeyId: [1, 'string'],
  Iv: [2, 'bytes'],
  KeyPairSpec: [3, 'string'],
  PrivateKeyCiphertextBlob: [4, 'bytes'],
  PublicKey: [5, 'bytes'],
  RequestId: [6, 'string'],
  Algorithm: [7, 'string'],
} as const

export const MESSAGE_FIELDS = {
  Error: {
    StatusCode: [1, 'int32'],
    ErrorCode: [2, 'string'],
    ErrorMessage: [3, 'string'],
    RequestId: [4, 'string'],
  },

  EncryptRequest: encryptRequest,
  EncryptResponse: encryptResponse,
  DecryptRequest: decryptRequest,
  DecryptResponse: decryptResponse,
  AdvanceEncryptRequest: encryptRequest,
  AdvanceEncryptResponse: { ...encryptResponse, KeyVersionId: [7, 'string'] },
  AdvanceDecryptRequest: decryptRequest,
  AdvanceDecryptResponse: { ...decryptResponse, KeyVersionId: [6, 'string'] },

  GenerateDataKeyRequest: {
    KeyId: [1, 'string'],
    Algorithm: [2, 'string'],
    NumberOfBytes: [3, 'int32'],
    Aad: [4, 'bytes'],
  },
  GenerateDataKeyResponse: generateDataKeyResponse,
  AdvanceGenerateDataKeyRequest: {
    KeyId: [1, 'string'],
    NumberOfBytes: [2, 'int32'],
    Aad: [3, 'bytes'],
  },
  AdvanceGenerateDataKeyResponse: { ...generateDataKeyResponse, KeyVersionId: [7, 'string'] },

  GenerateDataKeyPairRequest: keyPairRequest,
  GenerateDataKeyPairResponse: keyPairResponse,
  GenerateDataKeyPairWithoutPlaintextRequest: keyPairRequest,
  GenerateDataKeyPairWithoutPlaintextResponse: keyPairWithoutPlaintextResponse,
  AdvanceGenerateDataKeyPairRequest: advanceKeyPairRequest,
  AdvanceGenerateDataKeyPairResponse: { ...keyPairResponse, KeyVersionId: [9, 'string'] },
  AdvanceGenerateDataKeyPairWithoutPlaintextRequest: advanceKeyPairRequest,
  AdvanceGenerateDataKeyPairWithoutPlaintextResponse: {
    ...keyPairWithoutPlaintextResponse,
    KeyVersionId: [8, 'string'],
  },

  SignRequest: {
    KeyId: [1, 'string'],
    /** What older clients send in place of Message. */
    Digest: [2, 'bytes'],
    Algorithm: [3, 'string'],
    Message: [4, 'bytes'],
    MessageType: [5, 'string'],
  },
  SignResponse: {
    KeyId: [1, 'string'],
    Signature: [2, 'bytes'],
    RequestId: [3, 'string'],
    Algorithm: [4, 'string'],
    MessageType: [5, 'string'],
  },
  VerifyRequest: {
    KeyId: [1, 'string'],
    /** What older clients send in place of Message. */
    Digest: [2, 'bytes'],
    Signature: [3, 'bytes'],
    Algorithm: [4, 'string'],
    Message: [5, 'bytes'],
    MessageType: [6, 'string'],
  },
  VerifyResponse: {
    KeyId: [1, 'string'],
    Value: [2, 'bool'],
    RequestId: [3, 'string'],
    Algorithm: [4, 'string'],
    MessageType: [5, 'string'],
  },

  GetPublicKeyRequest: { KeyId: [1, 'string'] },
  GetPublicKeyResponse: {
    KeyId: [1, 'string'],
    /** PEM. */
    PublicKey: [2, 'string'],
    RequestId: [3, 'string'],
  },
  GenerateRandomRequest: { Length: [1, 'int32'] },
  GenerateRandomResponse: { Random: [1, 'bytes'], RequestId: [2, 'string'] },

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
} as const satisfies Readonly<Record<string, MessageFields>>
