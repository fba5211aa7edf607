import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { pemOf } from '@claviger/vault'
import { selfSignedCertificate } from '@claviger/vault/testing'
import { azure, type alibaba } from '@claviger/wire'
import { AUDIT_OF_ACTIONS } from '../audited-under-test.ts'
import { sharedDoorUnderTest } from './door-under-test.ts'

/** Of these, what is undefined is not sent. */
type Parameters = Readonly<Record<string, string | number | boolean | undefined>>

const OCTETS = Buffer.alloc(32).toString('base64')
const PAIR = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PUBLIC_KEY = PAIR.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const CERTIFICATE = pemOf('CERTIFICATE', selfSignedCertificate(PAIR))
const EXPORT = {
  PublicKeyBlob: PUBLIC_KEY,
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  WrappingKeySpec: 'RSA_2048',
}
const CIPHER = { Algorithm: 'RSAES_OAEP_SHA_256' }
const SIGNATURE = { Algorithm: 'RSA_PSS_SHA_256' }
const MAC = { Algorithm: 'HMAC_SHA_256' }
/** What names one object alone leaves the names of others out. */
const ONE_OBJECT = { CertificateId: undefined, SecretName: undefined }
const POLICY = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Principal: { RAM: ['*'] }, Action: ['kms:*'], Resource: ['*'] }],
})
const TAGGED = {
  'ResourceId.1': 'key-1',
  'Tag.1.Key': 'a',
  'Tag.1.Value': 'b',
  'TagKey.1': 'a',
  RegionId: 'cn-hangzhou',
  ResourceType: 'key',
  Tags: '[{"TagKey":"a","TagValue":"b"}]',
  TagKeys: '["a"]',
}

/** What many of the actions take. */
const COMMON: Parameters = {
  AliasName: 'alias/a',
  CertificateId: 'c',
  ClientKeyId: 'KAAP.x',
  DataKeyName: 'n',
  Description: 'd',
  Digest: OCTETS,
  Message: OCTETS,
  Name: 'n',
  Plaintext: 'YQ==',
  SecretData: 'v',
  SecretName: 's',
  Value: OCTETS,
  VersionId: 'v1',
}

/** What some take besides, or instead. */
const OWN: Readonly<Partial<Record<alibaba.shared.ActionName, Parameters>>> = {
  AsymmetricDecrypt: CIPHER,
  AsymmetricEncrypt: CIPHER,
  AsymmetricSign: SIGNATURE,
  AsymmetricVerify: SIGNATURE,
  BatchGetSecretValue: { SecretsList: '[{"SecretName":"s"}]' },
  CertificatePrivateKeyDecrypt: CIPHER,
  CertificatePrivateKeySign: { ...SIGNATURE, MessageType: 'DIGEST' },
  CertificatePublicKeyEncrypt: CIPHER,
  CertificatePublicKeyVerify: { ...SIGNATURE, MessageType: 'DIGEST', SignatureValue: OCTETS },
  CreateApplicationAccessPoint: { Policies: '["p"]', AuthenticationMethod: 'ClientKey' },
  CreateCertificate: { Subject: 'CN=a,O=b,OU=c,C=CN', KeySpec: 'RSA_2048' },
  CreateClientKey: { AapName: 'n', Password: 'Passw0rd!Passw0rd!' },
  CreateNetworkRule: { Type: 'Private', SourcePrivateIp: '["192.0.2.0/24"]' },
  CreatePolicy: {
    KmsInstanceId: 'kst-default',
    Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
    Resources: '["key/*"]',
  },
  ExportDataKey: EXPORT,
  GenerateAndExportDataKey: EXPORT,
  GenerateMac: MAC,
  VerifyMac: { ...MAC, Mac: OCTETS },
  GetParametersForImport: EXPORT,
  GetKmsInstance: { KmsInstanceId: 'kst-default' },
  ImportKeyMaterial: { EncryptedKeyMaterial: OCTETS, ImportToken: OCTETS, KeyMaterialExpireUnix: 0 },
  ReleaseKmsInstance: { KmsInstanceId: 'kst-default' },
  SetKeyPolicy: { Policy: POLICY },
  SetSecretPolicy: { Policy: POLICY },
  UpdateCertificateStatus: { Status: 'INACTIVE' },
  UpdateKmsInstanceBindVpc: { KmsInstanceId: 'kst-default', BindVpcs: '[]' },
  UpdateRotationPolicy: { EnableAutomaticRotation: false },
  UpdateSecretRotationPolicy: { EnableAutomaticRotation: false },
  UpdateSecretVersionStage: { VersionStage: 'ACSCurrent', MoveToVersion: 'v1' },
  UploadCertificate: { Certificate: CERTIFICATE },
  ScheduleKeyDeletion: { PendingWindowInDays: 7 },
  SetDeletionProtection: { EnableDeletionProtection: true, ProtectedResourceArn: 'acs:kms:cn-hangzhou:1:key/x' },
  ListTagResources: TAGGED,
  TagResource: { ...ONE_OBJECT, Tags: TAGGED.Tags },
  TagResources: TAGGED,
  UntagResource: { ...ONE_OBJECT, TagKeys: TAGGED.TagKeys },
  UntagResources: TAGGED,
}

/** Those that no stranger is refused as a whole. */
const OTHERWISE: Readonly<Partial<Record<alibaba.shared.ActionName, string>>> = {
  BatchGetSecretValue: 'each secret in it is refused by itself',
  ConnectKmsInstance: 'it is refused to everybody',
}

describe('every action of the shared gateway', () => {
  for (const action of Object.keys(AUDIT_OF_ACTIONS) as alibaba.shared.ActionName[]) {
    if (OTHERWISE[action] !== undefined) continue
    it(`${action} is refused to a stranger, and that is audited`, async () => {
      const { call, memory } = await sharedDoorUnderTest()
      const { KeyId } = (await call('CreateKey')).body.KeyMetadata
      const { CiphertextBlob } = (await call('Encrypt', { KeyId, Plaintext: 'YQ==' })).body
      const made = { KeyId, KeyVersionId: KeyId, DestinationKeyId: KeyId, CiphertextBlob }
      const { count } = await memory.store.head()
      const sent = azure.omitUndefined({ ...COMMON, ...made, ...OWN[action] })
      const { status, body } = await call(action, sent, 'stranger')
      assert.deepEqual([status, body.Code], [403, 'Forbidden.NoPermission'], body.Message)
      const entries = await memory.audit(count)
      assert.ok(entries.length > 0)
      assert.ok(entries.every(({ properties }) => (properties.missingAction ?? '') !== ''))
    })
  }
})
