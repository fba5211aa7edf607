import assert from 'node:assert/strict'
import type { MemoryVault } from '@claviger/vault/testing'
import type { alibaba } from '@claviger/wire'

/**
 * What each action of the shared gateway leaves in the audit when it is served: operations in their
 * order, `?` for one that may be missing, `+` for one or more, `|` between alternatives.
 */
export const AUDIT_OF_ACTIONS: Readonly<Record<alibaba.shared.ActionName, string>> = {
  AdvanceEncrypt: 'KeyEncrypt',
  AsymmetricDecrypt: 'KeyDecrypt',
  AsymmetricEncrypt: 'KeyEncrypt',
  AsymmetricSign: 'KeySign',
  AsymmetricVerify: 'KeyVerify',
  BatchGetSecretValue: 'SecretGet+',
  CancelKeyDeletion: 'KeyRecover',
  CertificatePrivateKeyDecrypt: 'KeyGet? KeyDecrypt',
  CertificatePrivateKeySign: 'KeyGet? KeySign',
  CertificatePublicKeyEncrypt: 'KeyGet? KeyEncrypt',
  CertificatePublicKeyVerify: 'KeyGet? KeyVerify',
  // It is always refused.
  ConnectKmsInstance: '-',
  CreateAlias: 'KeyAliasCreate',
  CreateApplicationAccessPoint: 'AccessPointCreate',
  CreateCertificate: 'CertificateCreate',
  CreateClientKey: 'ClientKeyCreate',
  CreateKey: 'KeyCreate KeyGet',
  CreateKeyVersion: 'KeyRotate',
  CreateNetworkRule: 'NetworkRuleCreate',
  CreatePolicy: 'AccessPointPolicyCreate',
  CreateSecret: 'SecretSet',
  Decrypt: 'KeyDecrypt',
  DeleteAlias: 'KeyAliasDelete',
  DeleteApplicationAccessPoint: 'AccessPointDelete',
  DeleteCertificate: 'CertificateDelete',
  DeleteClientKey: 'ClientKeyDelete',
  DeleteKeyMaterial: 'KeyMaterialDelete',
  DeleteNetworkRule: 'NetworkRuleDelete',
  DeletePolicy: 'AccessPointPolicyDelete',
  DeleteSecret: 'SecretDelete|SecretPurge',
  DescribeAccountKmsStatus: 'VaultGet',
  DescribeApplicationAccessPoint: 'AccessPointGet',
  DescribeCertificate: 'CertificateGet CertificatePendingGet?',
  DescribeKey: 'KeyGet',
  DescribeKeyVersion: 'KeyGet',
  DescribeNetworkRule: 'NetworkRuleGet',
  DescribePolicy: 'AccessPointPolicyGet',
  DescribeRegions: 'VaultGet',
  DescribeSecret: 'SecretGetMetadata',
  DescribeService: 'VaultGet',
  DisableKey: 'KeyUpdate',
  EnableKey: 'KeyUpdate',
  Encrypt: 'KeyEncrypt',
  ExportDataKey: 'KeyExportDataKey',
  GenerateAndExportDataKey: 'KeyGenerateDataKey',
  GenerateDataKey: 'KeyGenerateDataKey',
  GenerateDataKeyWithoutPlaintext: 'KeyGenerateDataKey',
  GenerateMac: 'KeyGenerateMac',
  GetCertificate: 'CertificateGet CertificatePendingGet?',
  GetClientKey: 'ClientKeyGet',
  GetDefaultKmsInstance: 'VaultGet',
  GetKeyPolicy: 'KeyPolicyGet',
  GetKmsInstance: 'VaultGet',
  GetKmsInstanceQuotaInfos: 'VaultGet',
  GetManagedDataKey: 'SecretListVersions? SecretGet',
  GetParametersForImport: 'KeyImportParametersGet',
  GetPublicKey: 'KeyGet',
  GetRandomPassword: 'PasswordGenerate',
  GetSecretPolicy: 'SecretPolicyGet',
  GetSecretValue: 'SecretGet',
  ImportKeyMaterial: 'KeyImport',
  ListAliases: 'KeyAliasList+',
  ListAliasesByKeyId: 'KeyAliasList',
  ListApplicationAccessPoints: 'AccessPointList',
  ListClientKeys: 'ClientKeyList',
  ListKeys: 'KeyList+',
  ListKeyVersions: 'KeyListVersions',
  ListKmsInstances: 'VaultList',
  ListManagedDataKeyVersions: 'SecretListVersions',
  ListNetworkRules: 'NetworkRuleList',
  ListPolicies: 'AccessPointPolicyList',
  ListResourceTags: 'KeyGet',
  ListSecrets: 'SecretList+',
  ListSecretVersionIds: 'SecretListVersions',
  ListTagResources: 'KeyGet+|KeyList+|SecretGetMetadata+|SecretList+',
  OpenKmsService: '-',
  PutSecretValue: 'SecretSet',
  ReEncrypt: 'KeyDecrypt KeyEncrypt',
  ReleaseKmsInstance: 'VaultDelete',
  RestoreSecret: 'SecretRecover',
  RotateSecret: 'SecretRotate',
  ScheduleKeyDeletion: 'KeyDelete',
  SetDeletionProtection: 'KeyUpdate',
  SetKeyPolicy: 'KeyPolicySet',
  SetSecretPolicy: 'SecretPolicySet',
  TagResource: 'KeyUpdate|SecretUpdate',
  TagResources: 'KeyGet+ KeyUpdate+|SecretGetMetadata+ SecretUpdate+',
  UntagResource: 'KeyUpdate|SecretUpdate',
  UntagResources: 'KeyGet+ KeyUpdate+|SecretGetMetadata+ SecretUpdate+',
  UpdateAlias: 'KeyAliasUpdate',
  UpdateApplicationAccessPoint: 'AccessPointUpdate',
  UpdateCertificateStatus: 'CertificateGet CertificateUpdate?',
  UpdateKeyDescription: 'KeyUpdate',
  UpdateKmsInstanceBindVpc: 'VaultGet',
  UpdateNetworkRule: 'NetworkRuleUpdate',
  UpdatePolicy: 'AccessPointPolicyUpdate',
  UpdateRotationPolicy: 'KeyRotationPolicySet',
  UpdateSecret: 'SecretUpdate',
  UpdateSecretRotationPolicy: 'SecretUpdate',
  UpdateSecretVersionStage: 'SecretUpdate',
  UploadCertificate: 'CertificatePendingMerge',
  VerifyMac: 'KeyVerifyMac',
}

/** The same of the operations of an instance. */
export const AUDIT_OF_OPERATIONS: Readonly<Record<alibaba.instance.Operation, string>> = {
  Encrypt: 'KeyEncrypt',
  Decrypt: 'KeyDecrypt',
  AdvanceEncrypt: 'KeyEncrypt',
  AdvanceDecrypt: 'KeyDecrypt',
  GenerateDataKey: 'KeyGenerateDataKey',
  AdvanceGenerateDataKey: 'KeyGenerateDataKey',
  GenerateDataKeyPair: 'KeyGenerateDataKeyPair',
  GenerateDataKeyPairWithoutPlaintext: 'KeyGenerateDataKeyPair',
  AdvanceGenerateDataKeyPair: 'KeyGenerateDataKeyPair',
  AdvanceGenerateDataKeyPairWithoutPlaintext: 'KeyGenerateDataKeyPair',
  Sign: 'KeySign',
  Verify: 'KeyVerify',
  GetPublicKey: 'KeyGet',
  GenerateRandom: 'RandomBytesGet',
  GetSecretValue: 'SecretGet',
}

/** There is one policy of each object, so that its name is a word of the request as well. */
const POLICY_NAME = { pattern: /PolicySet$/, code: 'Forbidden.ResourceNotFound' } as const

/** Which of the server's requests is looked at, and how it was answered. */
export interface AuditedAnswer {
  readonly requestId: string
  readonly status: number
  /** Of a refusal. */
  readonly code: string
}

/** Refusals of what a request says, by itself: nobody has been asked about anything yet. */
const OF_PARAMETERS =
  /^(?:Missing|InvalidParameter|UnsupportedParameter|Duplicate\.|Unsupported\.Alias$|UnsupportedOperation$|ValidationError$)/

/**
 * Looks whether a request has left what it has to: what was served exactly its entries, and what
 * was refused at least one, unless its parameters alone were at fault.
 * @param after sequence number of the last entry before.
 */
export async function demandAudited(
  memory: Pick<MemoryVault, 'audit'>,
  after: number,
  pattern: string,
  { requestId, status, code }: AuditedAnswer,
): Promise<void> {
  if (status >= 500 || status === 429) return
  const entries = (await memory.audit(after)).filter((one) => one.correlationId === requestId)
  const names = entries.map(({ operationName }) => operationName)
  if (status < 300) {
    assert.ok(isOf(pattern, names), `${pattern} is to be audited, not ${names.join() || 'nothing'}`)
    return
  }
  const isOfParameters =
    OF_PARAMETERS.test(code) || (POLICY_NAME.pattern.test(pattern) && code === POLICY_NAME.code)
  assert.ok(names.length > 0 || isOfParameters, `${pattern}: ${code} is not audited`)
}

function isOf(pattern: string, names: readonly string[]): boolean {
  const written = names.map((name) => `${name} `).join('')
  return pattern.split('|').some((alternative) => {
    const terms = alternative.split(' ').map((term) => {
      const [, name = '', times = ''] = /^([A-Za-z]+)([?+]?)$/.exec(term) ?? []
      return name === '' ? '(?!)' : `(?:${name} )${times}`
    })
    return new RegExp(`^${terms.join('')}$`).test(written)
  })
}
