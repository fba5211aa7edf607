import { KmsRefusal } from '../kms-refusal.ts'
import type { ActionRow } from './action-row.ts'
import { ALIAS_ACTIONS } from './aliases.ts'
import { APPLICATION_ACCESS_ACTIONS } from './application-access.ts'
import { ASYMMETRIC_ACTIONS, MAC_ACTIONS } from './asymmetric.ts'
import { CERTIFICATE_ACTIONS } from './certificates.ts'
import { INSTANCE_ACTIONS, SERVICE_ACTIONS } from './instances.ts'
import { KEY_ACTIONS } from './keys.ts'
import { MANAGED_DATA_KEY_ACTIONS } from './managed-data-keys.ts'
import { OLDER_ACTIONS } from './older.ts'
import { SECRET_ACTIONS } from './secrets.ts'
import { SYMMETRIC_ACTIONS } from './symmetric.ts'
import { TAG_ACTIONS } from './tags.ts'

export const API_VERSION = '2016-01-20'

/** Every action by its family, as documents show them. */
export const ACTION_FAMILIES = {
  keys: KEY_ACTIONS,
  aliases: ALIAS_ACTIONS,
  tags: TAG_ACTIONS,
  'symmetric cryptography': SYMMETRIC_ACTIONS,
  'asymmetric cryptography': ASYMMETRIC_ACTIONS,
  'message authentication': MAC_ACTIONS,
  'managed data keys': MANAGED_DATA_KEY_ACTIONS,
  secrets: SECRET_ACTIONS,
  'application access': APPLICATION_ACCESS_ACTIONS,
  'KMS instances': INSTANCE_ACTIONS,
  service: SERVICE_ACTIONS,
  certificates: CERTIFICATE_ACTIONS,
  older: OLDER_ACTIONS,
} as const

/** The 90 current actions and the 12 legacy ones. */
export const ACTIONS = {
  ...KEY_ACTIONS,
  ...ALIAS_ACTIONS,
  ...TAG_ACTIONS,
  ...SYMMETRIC_ACTIONS,
  ...ASYMMETRIC_ACTIONS,
  ...MAC_ACTIONS,
  ...MANAGED_DATA_KEY_ACTIONS,
  ...SECRET_ACTIONS,
  ...APPLICATION_ACCESS_ACTIONS,
  ...INSTANCE_ACTIONS,
  ...SERVICE_ACTIONS,
  ...CERTIFICATE_ACTIONS,
  ...OLDER_ACTIONS,
} as const

export type ActionName = keyof typeof ACTIONS

/** The row of an action, with its optional columns. */
export function actionRow(action: ActionName): ActionRow {
  return ACTIONS[action]
}

/** Names are compared exactly. @throws KmsRefusal InvalidApi.NotFound, for another version too. */
export function demandAction(named: { action: string; version: string }): ActionName {
  if (named.version !== API_VERSION) {
    throw new KmsRefusal('InvalidApi.NotFound', { recommend: `The version is ${API_VERSION}.` })
  }
  if (isAction(named.action)) return named.action
  throw new KmsRefusal('InvalidApi.NotFound', {
    recommend: `Version ${API_VERSION} has no such action; their names are case-sensitive.`,
  })
}

function isAction(name: string): name is ActionName {
  return Object.hasOwn(ACTIONS, name)
}
