// The parameters that each action of the service takes, and how words of a command line become them.
// The types of the client know the same and are gone when it runs: this table does not compile when
// it says anything else than they do.
import type { AccessControlRules, KmsActionName, KmsClient } from '@claviger/client/alibaba'

/**
 * `text` is handed on as it is, JSON documents too, of which the service keeps each character;
 * `json` is read, as its names are changed to those of the wire.
 */
export type ParameterKind = 'flag' | 'json' | 'number' | 'text'

type RequestOf<Action extends KmsActionName> = NonNullable<
  Parameters<KmsClient[Uncapitalize<Action>]>[0]
>

type NameOf<Request> = Request extends unknown
  ? string extends keyof Request
    ? never
    : keyof Request
  : never

type ValueOf<Request, Name> = Request extends unknown
  ? Name extends keyof Request
    ? NonNullable<Request[Name]>
    : never
  : never

type KindOf<Value> = [Extract<Value, boolean>] extends [never]
  ? [Extract<Value, string>] extends [never]
    ? Value extends number
      ? 'number'
      : 'json'
    : [Extract<Value, readonly unknown[] | AccessControlRules>] extends [never]
      ? 'text'
      : 'json'
  : 'flag'

type KindsOf<Request> = {
  readonly [Name in NameOf<Request>]: KindOf<ValueOf<Request, Name>>
}

/** Every parameter of every action, by the names that the client has for them. */
export const ACTION_PARAMETERS: {
  readonly [Action in KmsActionName]: KindsOf<RequestOf<Action>>
} = {
  CreateAlias: { keyId: 'text', aliasName: 'text' },
  UpdateAlias: { keyId: 'text', aliasName: 'text' },
  DeleteAlias: { aliasName: 'text' },
  ListAliases: { pageNumber: 'number', pageSize: 'number' },
  ListAliasesByKeyId: { keyId: 'text', pageNumber: 'number', pageSize: 'number' },
  CreateNetworkRule: { name: 'text', type: 'text', sourcePrivateIp: 'json', description: 'text' },
  UpdateNetworkRule: { name: 'text', sourcePrivateIp: 'json', description: 'text' },
  DescribeNetworkRule: { name: 'text' },
  DeleteNetworkRule: { name: 'text' },
  ListNetworkRules: { pageNumber: 'number', pageSize: 'number' },
  CreatePolicy: {
    name: 'text', permissions: 'json', resources: 'json', kmsInstance: 'text',
    accessControlRules: 'json', description: 'text',
  },
  UpdatePolicy: {
    name: 'text', permissions: 'json', resources: 'json', accessControlRules: 'json',
    description: 'text',
  },
  DescribePolicy: { name: 'text' },
  DeletePolicy: { name: 'text' },
  ListPolicies: { pageNumber: 'number', pageSize: 'number' },
  CreateApplicationAccessPoint: {
    name: 'text', policies: 'json', authenticationMethod: 'text', description: 'text',
  },
  UpdateApplicationAccessPoint: { name: 'text', policies: 'json', description: 'text' },
  DescribeApplicationAccessPoint: { name: 'text' },
  DeleteApplicationAccessPoint: { name: 'text' },
  ListApplicationAccessPoints: { pageNumber: 'number', pageSize: 'number' },
  CreateClientKey: { aapName: 'text', password: 'text', notBefore: 'text', notAfter: 'text' },
  GetClientKey: { clientKeyId: 'text' },
  ListClientKeys: { aapName: 'text' },
  DeleteClientKey: { clientKeyId: 'text' },
  AsymmetricEncrypt: {
    keyId: 'text', keyVersionId: 'text', algorithm: 'text',
    plaintext: 'text', dryRun: 'flag',
  },
  AsymmetricDecrypt: {
    keyId: 'text', keyVersionId: 'text', algorithm: 'text',
    ciphertextBlob: 'text', dryRun: 'flag',
  },
  AsymmetricSign: {
    keyId: 'text', keyVersionId: 'text', algorithm: 'text', digest: 'text',
    dryRun: 'flag',
  },
  AsymmetricVerify: {
    keyId: 'text', keyVersionId: 'text', algorithm: 'text', digest: 'text',
    value: 'text', dryRun: 'flag',
  },
  GetPublicKey: { keyId: 'text', keyVersionId: 'text', dryRun: 'flag' },
  GenerateMac: { keyId: 'text', algorithm: 'text', message: 'text', dryRun: 'flag' },
  VerifyMac: { keyId: 'text', algorithm: 'text', message: 'text', mac: 'text', dryRun: 'flag' },
  CreateCertificate: {
    subject: 'text', keySpec: 'text', subjectAlternativeNames: 'json', exportablePrivateKey: 'flag',
  },
  UploadCertificate: { certificateId: 'text', certificate: 'text', certificateChain: 'text' },
  GetCertificate: { certificateId: 'text' },
  DescribeCertificate: { certificateId: 'text' },
  UpdateCertificateStatus: { certificateId: 'text', status: 'text' },
  DeleteCertificate: { certificateId: 'text' },
  CertificatePrivateKeySign: {
    certificateId: 'text', algorithm: 'text', messageType: 'text',
    message: 'text',
  },
  CertificatePublicKeyVerify: {
    certificateId: 'text', algorithm: 'text', messageType: 'text',
    message: 'text', signatureValue: 'text',
  },
  CertificatePublicKeyEncrypt: { certificateId: 'text', algorithm: 'text', plaintext: 'text' },
  CertificatePrivateKeyDecrypt: {
    certificateId: 'text', algorithm: 'text', ciphertextBlob: 'text',
  },
  ListKmsInstances: { pageNumber: 'number', pageSize: 'number', filters: 'json' },
  GetKmsInstance: { kmsInstanceId: 'text' },
  ConnectKmsInstance: {
    kmsInstanceId: 'text', vpcId: 'text', vSwitchIds: 'text', zoneIds: 'text', KMProvider: 'text',
  },
  UpdateKmsInstanceBindVpc: { kmsInstanceId: 'text', bindVpcs: 'json' },
  ReleaseKmsInstance: { kmsInstanceId: 'text', forceDeleteWithoutBackup: 'flag' },
  GetDefaultKmsInstance: {},
  GetKmsInstanceQuotaInfos: { kmsInstanceId: 'text', resourceType: 'text' },
  CreateKey: {
    keySpec: 'text', keyUsage: 'text', enableAutomaticRotation: 'flag', rotationInterval: 'text',
    origin: 'text', protectionLevel: 'text', description: 'text', DKMSInstanceId: 'text',
    keyStorageMechanism: 'text', policy: 'text', tags: 'json',
  },
  DescribeKey: { keyId: 'text' },
  ListKeys: { pageNumber: 'number', pageSize: 'number', filters: 'json' },
  UpdateKeyDescription: { keyId: 'text', description: 'text' },
  EnableKey: { keyId: 'text' },
  DisableKey: { keyId: 'text' },
  ScheduleKeyDeletion: { keyId: 'text', pendingWindowInDays: 'number' },
  CancelKeyDeletion: { keyId: 'text' },
  SetDeletionProtection: {
    enableDeletionProtection: 'flag', protectedResourceArn: 'text', keyId: 'text',
    kmsInstanceId: 'text', deletionProtectionDescription: 'text',
  },
  CreateKeyVersion: { keyId: 'text' },
  DescribeKeyVersion: { keyId: 'text', keyVersionId: 'text' },
  ListKeyVersions: { keyId: 'text', pageNumber: 'number', pageSize: 'number' },
  UpdateRotationPolicy: {
    keyId: 'text', enableAutomaticRotation: 'flag', rotationInterval: 'text',
  },
  GetParametersForImport: { keyId: 'text', wrappingKeySpec: 'text', wrappingAlgorithm: 'text' },
  ImportKeyMaterial: {
    keyId: 'text', encryptedKeyMaterial: 'text', importToken: 'text',
    keyMaterialExpireUnix: 'number',
  },
  DeleteKeyMaterial: { keyId: 'text' },
  SetKeyPolicy: { keyId: 'text', policy: 'text', policyName: 'text' },
  GetKeyPolicy: { keyId: 'text', policyName: 'text' },
  GetManagedDataKey: { dataKeyName: 'text', dataKeyVersionId: 'text', useLatest: 'flag' },
  ListManagedDataKeyVersions: { dataKeyName: 'text', pageNumber: 'number', pageSize: 'number' },
  CreateSecret: {
    secretName: 'text', versionId: 'text', secretData: 'text', secretDataType: 'text',
    secretType: 'text', encryptionKeyId: 'text', description: 'text',
    enableAutomaticRotation: 'flag', rotationInterval: 'text', extendedConfig: 'text',
    DKMSInstanceId: 'text', policy: 'text', tags: 'json',
  },
  DeleteSecret: {
    secretName: 'text', forceDeleteWithoutRecovery: 'flag', recoveryWindowInDays: 'number',
  },
  RestoreSecret: { secretName: 'text' },
  UpdateSecret: { secretName: 'text', description: 'text', extendedConfig: 'json' },
  DescribeSecret: { secretName: 'text', fetchTags: 'flag' },
  ListSecrets: { pageNumber: 'number', pageSize: 'number', fetchTags: 'flag', filters: 'json' },
  ListSecretVersionIds: {
    secretName: 'text', includeDeprecated: 'flag', pageNumber: 'number', pageSize: 'number',
  },
  GetSecretValue: {
    secretName: 'text', versionId: 'text', versionStage: 'text', fetchExtendedConfig: 'flag',
    dryRun: 'flag',
  },
  BatchGetSecretValue: { secretsList: 'json' },
  PutSecretValue: {
    secretName: 'text', versionId: 'text', secretData: 'text', secretDataType: 'text',
    versionStages: 'json',
  },
  UpdateSecretVersionStage: {
    secretName: 'text', versionStage: 'text', removeFromVersion: 'text', moveToVersion: 'text',
  },
  UpdateSecretRotationPolicy: {
    secretName: 'text', enableAutomaticRotation: 'flag', rotationInterval: 'text',
  },
  RotateSecret: { secretName: 'text', versionId: 'text' },
  GetRandomPassword: {
    passwordLength: 'text', excludeCharacters: 'text', excludeLowercase: 'flag',
    excludeUppercase: 'flag', excludeNumbers: 'flag', excludePunctuation: 'flag',
    requireEachIncludedType: 'flag',
  },
  SetSecretPolicy: { secretName: 'text', policy: 'text', policyName: 'text' },
  GetSecretPolicy: { secretName: 'text', policyName: 'text' },
  DescribeRegions: {},
  OpenKmsService: {},
  DescribeAccountKmsStatus: {},
  DescribeService: {},
  Encrypt: { keyId: 'text', plaintext: 'text', encryptionContext: 'text', dryRun: 'flag' },
  Decrypt: { ciphertextBlob: 'text', encryptionContext: 'text', recipient: 'text', dryRun: 'flag' },
  ReEncrypt: {
    sourceEncryptionContext: 'text', sourceKeyId: 'text', sourceKeyVersionId: 'text',
    sourceEncryptionAlgorithm: 'text', ciphertextBlob: 'text',
    destinationKeyId: 'text', destinationEncryptionContext: 'text', dryRun: 'flag',
  },
  GenerateDataKey: {
    keyId: 'text', keySpec: 'text', numberOfBytes: 'number', encryptionContext: 'text',
    recipient: 'text', dryRun: 'flag',
  },
  GenerateDataKeyWithoutPlaintext: {
    keyId: 'text', keySpec: 'text', numberOfBytes: 'number', encryptionContext: 'text',
    dryRun: 'flag',
  },
  ExportDataKey: {
    publicKeyBlob: 'text', wrappingKeySpec: 'text', wrappingAlgorithm: 'text',
    ciphertextBlob: 'text', encryptionContext: 'text', dryRun: 'flag',
  },
  GenerateAndExportDataKey: {
    publicKeyBlob: 'text', wrappingKeySpec: 'text', wrappingAlgorithm: 'text', keyId: 'text',
    keySpec: 'text', numberOfBytes: 'number', encryptionContext: 'text', dryRun: 'flag',
  },
  AdvanceEncrypt: {
    keyId: 'text', plaintext: 'text', aad: 'text', iv: 'text', algorithm: 'text',
    paddingMode: 'text',
  },
  TagResource: { keyId: 'text', secretName: 'text', certificateId: 'text', tags: 'json' },
  UntagResource: { keyId: 'text', secretName: 'text', certificateId: 'text', tagKeys: 'json' },
  ListResourceTags: { keyId: 'text' },
  TagResources: { regionId: 'text', resourceType: 'text', resourceId: 'json', tag: 'json' },
  UntagResources: {
    regionId: 'text', resourceType: 'text', resourceId: 'json', tagKey: 'json', all: 'flag',
  },
  ListTagResources: {
    regionId: 'text', resourceType: 'text', resourceId: 'json', tag: 'json', nextToken: 'text',
  },
}
