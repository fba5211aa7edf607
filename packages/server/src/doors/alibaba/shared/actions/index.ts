import type { alibaba } from '@claviger/wire'
import type { Action } from '../action.ts'
import { ACCESS_POINT_ACTIONS } from './access-point-actions.ts'
import { ALIAS_ACTIONS } from './alias-actions.ts'
import { ASYMMETRIC_ACTIONS } from './asymmetric-actions.ts'
import { CERTIFICATE_ACTIONS } from './certificate-actions.ts'
import { CERTIFICATE_KEY_ACTIONS } from './certificate-key-actions.ts'
import { DATA_KEY_ACTIONS } from './data-key-actions.ts'
import { CLIENT_KEY_ACTIONS } from './client-key-actions.ts'
import { INSTANCE_ACTIONS } from './instance-actions.ts'
import { KEY_ACTIONS } from './key-actions.ts'
import { KEY_IMPORT_ACTIONS } from './key-import-actions.ts'
import { KEY_LIST_ACTIONS } from './key-list-actions.ts'
import { KEY_POLICY_ACTIONS } from './key-policy-actions.ts'
import { KEY_VERSION_ACTIONS } from './key-version-actions.ts'
import { MAC_ACTIONS } from './mac-actions.ts'
import { MANAGED_DATA_KEY_ACTIONS } from './managed-data-key-actions.ts'
import { SECRET_ACTIONS } from './secret-actions.ts'
import { SECRET_POLICY_ACTIONS } from './secret-policy-actions.ts'
import { SECRET_ROTATION_ACTIONS } from './secret-rotation-actions.ts'
import { SECRET_VALUE_ACTIONS } from './secret-value-actions.ts'
import { NETWORK_RULE_ACTIONS } from './network-rule-actions.ts'
import { POLICY_ACTIONS } from './policy-actions.ts'
import { SERVICE_ACTIONS } from './service-actions.ts'
import { SYMMETRIC_ACTIONS } from './symmetric-actions.ts'
import { TAG_ACTIONS } from './tag-actions.ts'
import { TAG_RESOURCES_ACTIONS } from './tag-resources-actions.ts'

/** Every action that is answered. */
const ACTIONS = {
  ...KEY_ACTIONS,
  ...KEY_LIST_ACTIONS,
  ...KEY_VERSION_ACTIONS,
  ...KEY_IMPORT_ACTIONS,
  ...KEY_POLICY_ACTIONS,
  ...ALIAS_ACTIONS,
  ...TAG_ACTIONS,
  ...TAG_RESOURCES_ACTIONS,
  ...SYMMETRIC_ACTIONS,
  ...DATA_KEY_ACTIONS,
  ...ASYMMETRIC_ACTIONS,
  ...MAC_ACTIONS,
  ...SECRET_ACTIONS,
  ...SECRET_VALUE_ACTIONS,
  ...SECRET_ROTATION_ACTIONS,
  ...SECRET_POLICY_ACTIONS,
  ...MANAGED_DATA_KEY_ACTIONS,
  ...INSTANCE_ACTIONS,
  ...SERVICE_ACTIONS,
  ...CERTIFICATE_ACTIONS,
  ...CERTIFICATE_KEY_ACTIONS,
  ...NETWORK_RULE_ACTIONS,
  ...POLICY_ACTIONS,
  ...ACCESS_POINT_ACTIONS,
  ...CLIENT_KEY_ACTIONS,
}

export type ServedAction = keyof typeof ACTIONS

export const SERVED_ACTIONS: ReadonlySet<string> = new Set(Object.keys(ACTIONS))

/** How an action is answered; `undefined` for one that is not. */
export function actionOf<Name extends alibaba.shared.ActionName>(name: Name): Action<Name> | undefined {
  // The table gives each action under its own name, as its type says.
  const found: Partial<Record<string, unknown>> = ACTIONS
  return found[name] as Action<Name> | undefined
}
