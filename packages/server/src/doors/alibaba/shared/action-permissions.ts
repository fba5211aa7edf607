import { actionMatches, PERMISSIONS, type PermissionName } from '@claviger/vault'

/** Over the other wire, what decrypts a data key is a permission of its own. */
const DECRYPT = ['keys/decrypt', 'keys/unwrapKey'] as const

/**
 * Every action on one key or secret that a policy document can name (RAM, "Actions of KMS"), and the
 * permissions of the vault that it takes: several actions share one where they do the same to it.
 */
const KEY_ACTIONS: Readonly<Record<string, readonly PermissionName[]>> = {
  Encrypt: ['keys/encrypt'],
  Decrypt: DECRYPT,
  ReEncrypt: ['keys/encrypt', ...DECRYPT],
  ReEncryptFrom: DECRYPT,
  ReEncryptTo: ['keys/encrypt'],
  GenerateDataKey: ['keys/wrapKey'],
  GenerateDataKeyWithoutPlaintext: ['keys/wrapKey'],
  ExportDataKey: DECRYPT,
  GenerateAndExportDataKey: ['keys/wrapKey'],
  AsymmetricEncrypt: ['keys/encrypt'],
  AsymmetricDecrypt: DECRYPT,
  AsymmetricSign: ['keys/sign'],
  AsymmetricVerify: ['keys/verify'],
  GenerateMac: ['keys/sign'],
  VerifyMac: ['keys/verify'],
  GetPublicKey: ['keys/get'],
  DescribeKey: ['keys/get'],
  DescribeKeyVersion: ['keys/get'],
  ListKeyVersions: ['keys/get'],
  ListAliasesByKeyId: ['keys/get'],
  UpdateKeyDescription: ['keys/update'],
  EnableKey: ['keys/update'],
  DisableKey: ['keys/update'],
  SetDeletionProtection: ['keys/update'],
  CreateAlias: ['keys/update'],
  UpdateAlias: ['keys/update'],
  DeleteAlias: ['keys/update'],
  ScheduleKeyDeletion: ['keys/delete'],
  DeleteKeyMaterial: ['keys/delete'],
  CancelKeyDeletion: ['keys/recover'],
  CreateKeyVersion: ['keys/rotate'],
  UpdateRotationPolicy: ['keys/setRotationPolicy'],
  GetParametersForImport: ['keys/import'],
  ImportKeyMaterial: ['keys/import'],
  TagResource: ['keys/update'],
  TagResources: ['keys/update'],
  UntagResource: ['keys/update'],
  UntagResources: ['keys/update'],
  ListResourceTags: ['keys/get'],
  ListTagResources: ['keys/get'],
  // Who sets policies is for the vault to say, or one that denies it to everybody could not be undone.
  GetKeyPolicy: [],
  SetKeyPolicy: [],
}

const SECRET_ACTIONS: Readonly<Record<string, readonly PermissionName[]>> = {
  GetSecretValue: ['secrets/get'],
  BatchGetSecretValue: ['secrets/get'],
  DescribeSecret: ['secrets/list'],
  ListSecretVersionIds: ['secrets/list'],
  PutSecretValue: ['secrets/set'],
  RotateSecret: ['secrets/set'],
  UpdateSecret: ['secrets/update'],
  UpdateSecretVersionStage: ['secrets/update'],
  UpdateSecretRotationPolicy: ['secrets/update'],
  DeleteSecret: ['secrets/delete', 'secrets/purge'],
  RestoreSecret: ['secrets/recover'],
  TagResource: ['secrets/update'],
  TagResources: ['secrets/update'],
  UntagResource: ['secrets/update'],
  UntagResources: ['secrets/update'],
  ListTagResources: ['secrets/list'],
  GetSecretPolicy: [],
  SetSecretPolicy: [],
}

const TABLES = {
  key: {
    actions: KEY_ACTIONS,
    all: ['Microsoft.KeyVault/vaults/keys/*', 'Microsoft.KeyVault/vaults/keyrotationpolicies/*'],
  },
  secret: { actions: SECRET_ACTIONS, all: ['Microsoft.KeyVault/vaults/secrets/*'] },
} as const

/**
 * The data actions that a name in a policy stands for: `kms:Encrypt`, `kms:Get*`, `kms:*`, `*`.
 * @returns `undefined` for what names no action on such an object.
 */
export function dataActionsOf(
  object: 'key' | 'secret',
  name: string,
): readonly string[] | undefined {
  const { actions, all } = TABLES[object]
  if (name === '*' || name === 'kms:*') return all
  const [, pattern] = /^kms:([A-Za-z*]{1,64})$/.exec(name) ?? []
  if (pattern === undefined) return undefined
  const named = Object.keys(actions).filter((one) => actionMatches(pattern, one))
  if (named.length === 0) return undefined
  const permissions = named.flatMap((one) => actions[one] ?? [])
  return [...new Set(permissions.map((one) => PERMISSIONS[one].action))]
}
