import { isFault, type KeyPlace, type KeyRef, type KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { isSameVault } from '../is-same-vault.ts'
import type { InstanceContext } from './instance-operation.ts'

const { Refusal } = alibaba.instance

/** A key of the instance, and which version of it. */
export interface InstanceKey {
  readonly place: KeyPlace
  readonly key: KeyRef
}

/**
 * The key of this instance that a message names by its id or alias, for its newest version. One
 * that is not there is asked for all the same, so that the call is decided and audited.
 * @throws Refusal KeyNotInKeyStore
 */
export async function newestVersion(
  context: InstanceContext,
  keyId: string,
): Promise<InstanceKey> {
  const place = await placeOf(context, keyId)
  return { place, key: { vault: place.vault, name: place.name } }
}

/**
 * The key that a message names, for the version that the header names, else for the one that
 * ciphertexts without a version of their own belong to.
 * @param keyId empty where the header says it all.
 * @throws Refusal KeyNotInKeyStore, KeyUnknown; ParameterInvalid for a version
 *   of another key.
 */
export async function lastingVersion(
  context: InstanceContext,
  keyId: string,
): Promise<InstanceKey> {
  const { keyVersionId } = context
  if (keyVersionId !== undefined) return await namedVersion(context, keyVersionId, keyId)
  const { place, key } = await newestVersion(context, keyId)
  return { place, key: { ...key, first: true } }
}

/** The version that a header or a ciphertext names. @throws Refusal as `lastingVersion` */
export async function namedVersion(
  context: InstanceContext,
  keyVersionId: string,
  keyId: string,
): Promise<InstanceKey> {
  const parsed = alibaba.shared.parseKeyVersionId(keyVersionId)
  if (parsed === undefined) {
    await demandAllowed(context, keyVersionId)
    throw new Refusal('KeyUnknown', {})
  }
  const place = await placeOf(context, parsed.keyId)
  if (keyId !== '' && (await placeOf(context, keyId)).keyId !== place.keyId) {
    throw new Refusal('ParameterInvalid', {})
  }
  const { vault, name } = place
  const { tenant } = context.call.caller
  const { versionPrefix } = parsed
  const version = await context.vault.keyFinder.findVersion(tenant, place, versionPrefix)
  // One that cannot exist, so that the operation says of the key what is to be said.
  return { place, key: { vault, name, version: version ?? versionPrefix.padEnd(32, '0') } }
}

/** The id of the version that was used, for the header of the answer. */
export function usedVersionId({ place }: InstanceKey, { version }: KeyVersion): string {
  return alibaba.shared.formatKeyVersionId(place.keyId, version)
}

async function placeOf(context: InstanceContext, text: string): Promise<KeyPlace> {
  const { vault, call, instance } = context
  const found = await vault.keyFinder.find(call.caller.tenant, keyName(text))
  if (found !== undefined && isSameVault(found.vault, instance)) return found
  await demandAllowed(context, text)
  // Nothing tells whether another instance has it.
  throw new Refusal('KeyNotInKeyStore', { keyStore: alibaba.shared.formatInstanceId(instance) })
}

function keyName(text: string): { readonly keyId: string } | { readonly alias: string } {
  return text.startsWith('alias/') ? { alias: text.slice('alias/'.length) } : { keyId: text }
}

/** Asks for what the instance has not. @throws Fault AccessDenied for who may not ask. */
async function demandAllowed(
  { vault, call, instance }: InstanceContext,
  text: string,
): Promise<void> {
  const name = text.replaceAll(/[^0-9A-Za-z-]/g, '-').slice(0, 127) || '-'
  try {
    await vault.keys.describe(call, { key: { vault: instance, name } })
  } catch (thrown) {
    if (!isFault(thrown, 'ObjectNotFound')) throw thrown
  }
}
