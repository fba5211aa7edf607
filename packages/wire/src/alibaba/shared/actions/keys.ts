import type { ActionTable } from './action-row.ts'
import { optional, required } from './parameter.ts'
import { DESCRIPTION, KEY_ID, paging, POLICY, POLICY_NAME } from './shared-parameters.ts'

export const KEY_ACTIONS = {
  CreateKey: {
    parameters: {
      KeySpec: optional('text'),
      KeyUsage: optional('text'),
      Origin: optional('text'),
      ProtectionLevel: optional('text'),
      Description: optional('text', DESCRIPTION),
      EnableAutomaticRotation: optional('boolean'),
      RotationInterval: optional('text'),
      DKMSInstanceId: optional('text'),
      KeyStorageMechanism: optional('text'),
      Policy: optional('json', POLICY),
      Tags: optional('tags', { most: 20 }),
    },
  },
  DescribeKey: { parameters: KEY_ID },
  ListKeys: { parameters: { ...paging(10), Filters: optional('filters', { most: 10 }) } },
  UpdateKeyDescription: {
    parameters: { ...KEY_ID, Description: required('text', DESCRIPTION) },
  },
  EnableKey: { parameters: KEY_ID },
  DisableKey: { parameters: KEY_ID },
  ScheduleKeyDeletion: {
    parameters: { ...KEY_ID, PendingWindowInDays: required('integer', { within: [7, 366] }) },
  },
  CancelKeyDeletion: { parameters: KEY_ID },
  SetDeletionProtection: {
    parameters: {
      EnableDeletionProtection: required('boolean'),
      // One of the three; older SDKs know the first alone.
      ProtectedResourceArn: optional('text'),
      KeyId: optional('text'),
      KmsInstanceId: optional('text'),
      DeletionProtectionDescription: optional('text', DESCRIPTION),
    },
  },
  CreateKeyVersion: { parameters: KEY_ID },
  DescribeKeyVersion: { parameters: { ...KEY_ID, KeyVersionId: required('text') } },
  ListKeyVersions: { parameters: { ...KEY_ID, ...paging(10, [1, 101]) } },
  UpdateRotationPolicy: {
    parameters: {
      ...KEY_ID,
      EnableAutomaticRotation: required('boolean'),
      RotationInterval: optional('text'),
    },
  },
  GetParametersForImport: {
    parameters: {
      ...KEY_ID,
      WrappingAlgorithm: required('text'),
      WrappingKeySpec: required('text'),
    },
  },
  ImportKeyMaterial: {
    parameters: {
      ...KEY_ID,
      EncryptedKeyMaterial: required('base64'),
      ImportToken: required('base64'),
      // Seconds since 1970; 0 is never.
      KeyMaterialExpireUnix: required('integer', { within: [0, 253_402_300_799] }),
    },
  },
  DeleteKeyMaterial: { parameters: KEY_ID },
  SetKeyPolicy: {
    parameters: { ...KEY_ID, Policy: required('json', POLICY), ...POLICY_NAME },
  },
  GetKeyPolicy: { parameters: { ...KEY_ID, ...POLICY_NAME } },
} as const satisfies ActionTable
