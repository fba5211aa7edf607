import { alibaba } from '@claviger/wire'

/** No vault can have this name. */
const NO_VAULT = '-'

/**
 * The name of the vault that is an instance. What is no id of one names a vault that nobody has, to
 * be asked for all the same, so that the call is decided and audited.
 */
export function instanceVaultName(instanceId: string): string {
  return alibaba.shared.parseInstanceId(instanceId) ?? NO_VAULT
}
