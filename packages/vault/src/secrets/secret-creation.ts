import { putObjectPolicy, type ObjectPolicyInput } from '../access/put-object-policy.ts'
import { MAXIMUM_CHANGED_TAGS } from '../changed-tags.ts'
import { demandDescription } from '../demand-description.ts'
import { invalidInput } from '../invalid-input.ts'
import type { OperationContext } from '../operation.ts'
import { putSecretName } from './secret-name.ts'
import type { EncryptionKey, SecretHead, SecretRotation, SecretVersion } from './secret.ts'
import { demandValidProperties } from './secret-rules.ts'

const MAXIMUM_SETTINGS_CHARACTERS = 8192

/** What is said of a secret as a whole when it is made. */
export interface SecretCreation {
  /** The name as its maker wrote it, where names of objects do not have its characters. */
  readonly writtenName?: string
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
  /** See `SecretHead`. */
  readonly kind?: string
  readonly settings?: string
  readonly rotation?: SecretRotation
  readonly encryptionKey?: EncryptionKey
  /** Needs the permission to set policies too. */
  readonly policy?: ObjectPolicyInput
  /** No other vault of the tenant may have a secret of this name; those of `home` need no entry. */
  readonly inTenant?: { readonly home: string }
}

/**
 * The head of a new secret.
 * @throws Fault InvalidInput, ObjectExists, ObjectInDeletedState; AccessDenied for its policy.
 */
export async function newSecretHead(
  { unit, vault, view, demand }: OperationContext,
  current: SecretVersion,
  creation: SecretCreation,
): Promise<SecretHead> {
  const { tags: _, inTenant, policy, ...more } = creation
  demandValidTexts(more)
  demandValidProperties(current, MAXIMUM_CHANGED_TAGS)
  const home = inTenant && (await view.vaultByName(inTenant.home))
  const entry =
    inTenant === undefined ? {} : await putSecretName(unit, vault(), current.name, home)
  if (policy !== undefined) {
    const object = `secrets/${current.name}`
    await demand('secrets/setPolicy', object)
    await putObjectPolicy(unit, vault(), object, policy)
  }
  return { ...more, ...entry, current }
}

/** @throws Fault InvalidInput */
export function demandValidTexts({
  description,
  settings = '',
}: Pick<SecretCreation, 'description' | 'settings'>): void {
  demandDescription(description, 'Description')
  if (settings.length > MAXIMUM_SETTINGS_CHARACTERS) {
    const reason = `it may have at most ${MAXIMUM_SETTINGS_CHARACTERS} characters`
    throw invalidInput('ExtendedConfig', reason)
  }
}
