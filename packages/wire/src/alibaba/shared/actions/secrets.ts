import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'
import {
  DESCRIPTION,
  DRY_RUN,
  paging,
  POLICY,
  POLICY_NAME,
  SECRET_NAME,
} from './shared-parameters.ts'

const VERSION_ID = { VersionId: required('text', { longest: 64 }) } as const

const VALUE = {
  SecretData: required('text', { longestOctets: 30_720, confidential: true }),
  SecretDataType: defaulted('text', 'text'),
} as const

export const SECRET_ACTIONS = {
  CreateSecret: {
    parameters: {
      ...SECRET_NAME,
      ...VERSION_ID,
      ...VALUE,
      SecretType: defaulted('text', 'Generic'),
      EncryptionKeyId: optional('text'),
      Description: optional('text', DESCRIPTION),
      EnableAutomaticRotation: optional('boolean'),
      RotationInterval: optional('text'),
      ExtendedConfig: optional('object', { longest: 1024 }),
      DKMSInstanceId: optional('text'),
      Policy: optional('json', POLICY),
      Tags: optional('tags', { most: 20 }),
    },
  },
  DeleteSecret: {
    parameters: {
      ...SECRET_NAME,
      ForceDeleteWithoutRecovery: defaulted('boolean', false),
      RecoveryWindowInDays: defaulted('integer', 30, { within: [7, 30] }),
    },
  },
  RestoreSecret: { parameters: SECRET_NAME },
  UpdateSecret: {
    parameters: {
      ...SECRET_NAME,
      Description: optional('text', DESCRIPTION),
      'ExtendedConfig.CustomData': optional('object', { longest: 1024 }),
    },
  },
  DescribeSecret: { parameters: { ...SECRET_NAME, FetchTags: defaulted('boolean', false) } },
  ListSecrets: {
    parameters: {
      ...paging(10),
      FetchTags: defaulted('boolean', false),
      Filters: optional('filters', { most: 10 }),
    },
  },
  ListSecretVersionIds: {
    parameters: {
      ...SECRET_NAME,
      IncludeDeprecated: defaulted('boolean', false),
      ...paging(20),
    },
  },
  GetSecretValue: {
    parameters: {
      ...SECRET_NAME,
      VersionId: optional('text', { longest: 64 }),
      VersionStage: optional('text'),
      FetchExtendedConfig: defaulted('boolean', false),
      ...DRY_RUN,
    },
    onInstance: true,
  },
  BatchGetSecretValue: { parameters: { SecretsList: required('json') } },
  PutSecretValue: {
    parameters: {
      ...SECRET_NAME,
      ...VERSION_ID,
      ...VALUE,
      VersionStages: optional('strings', { most: 8 }),
    },
  },
  UpdateSecretVersionStage: {
    parameters: {
      ...SECRET_NAME,
      VersionStage: required('text'),
      RemoveFromVersion: optional('text', { longest: 64 }),
      MoveToVersion: optional('text', { longest: 64 }),
    },
  },
  UpdateSecretRotationPolicy: {
    parameters: {
      ...SECRET_NAME,
      EnableAutomaticRotation: required('boolean'),
      RotationInterval: optional('text'),
    },
  },
  RotateSecret: { parameters: { ...SECRET_NAME, ...VERSION_ID } },
  GetRandomPassword: {
    parameters: {
      PasswordLength: defaulted('integer', 32, { within: [8, 128] }),
      ExcludeCharacters: optional('text'),
      ExcludeLowercase: defaulted('boolean', false),
      ExcludeUppercase: defaulted('boolean', false),
      ExcludeNumbers: defaulted('boolean', false),
      ExcludePunctuation: defaulted('boolean', false),
      RequireEachIncludedType: defaulted('boolean', true),
    },
  },
  SetSecretPolicy: {
    parameters: { ...SECRET_NAME, Policy: required('json', POLICY), ...POLICY_NAME },
    publishedMethod: 'POST',
  },
  GetSecretPolicy: { parameters: { ...SECRET_NAME, ...POLICY_NAME } },
} as const satisfies ActionTable
