import { isFault, type KeyPlace, type KeyRef } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { isSameVault } from '../is-same-vault.ts'
import type { ActionContext } from './action.ts'

/** Which names of a key an action takes. */
export type KeyNames = 'any' | 'id' | 'idOrArn'

/**
 * The key that a parameter names. One that nobody has is asked for all the same, so that the call is
 * decided and audited like any other.
 * @throws KmsRefusal Forbidden.KeyNotFound, Forbidden.AliasNotFound, Unsupported.Alias
 */
export async function resolveKey(
  context: ActionContext,
  text: string,
  names: KeyNames = 'any',
): Promise<KeyPlace> {
  const reference = alibaba.shared.parseKeyReference(text)
  if (reference === undefined) throw await missing(context, text, 'Forbidden.KeyNotFound')
  const isAlias =
    reference.kind === 'alias' || (reference.kind === 'arn' && reference.arn.kind === 'alias')
  if (isAlias && names !== 'any') throw new alibaba.shared.KmsRefusal('Unsupported.Alias')
  const { keyFinder } = context.vault
  const tenant = context.tenant.id
  const found = isAlias
    ? await keyFinder.find(tenant, { alias: aliasOf(reference) })
    : await keyFinder.find(tenant, { keyId: keyIdOf(reference) })
  if (isThere(context, found) && isOwn(context, reference)) return found
  const code = isAlias ? 'Forbidden.AliasNotFound' : 'Forbidden.KeyNotFound'
  throw await missing(context, text, code)
}

/** The key and the version that a KeyVersionId names, as it stands before every ciphertext. */
export async function resolveKeyVersion(
  context: ActionContext,
  keyVersionId: string,
): Promise<{ readonly place: KeyPlace; readonly key: KeyRef }> {
  const parsed = alibaba.shared.parseKeyVersionId(keyVersionId)
  const place =
    parsed && (await context.vault.keyFinder.find(context.tenant.id, { keyId: parsed.keyId }))
  if (parsed === undefined || !isThere(context, place)) {
    throw await missing(context, keyVersionId, 'Forbidden.KeyNotFound')
  }
  return { place, key: await versionRef(context, place, parsed.versionPrefix) }
}

/** A version of a key that was found already; whether there is one, the operation says. */
export async function versionOfKey(
  context: ActionContext,
  place: KeyPlace,
  keyVersionId: string,
): Promise<KeyRef> {
  const parsed = alibaba.shared.parseKeyVersionId(keyVersionId)
  if (parsed?.keyId !== place.keyId) return { ...keyRef(place), version: noVersion() }
  return await versionRef(context, place, parsed.versionPrefix)
}

async function versionRef(
  { vault, tenant }: ActionContext,
  place: KeyPlace,
  beginning: string,
): Promise<KeyRef> {
  const version = await vault.keyFinder.findVersion(tenant.id, place, beginning)
  return { ...keyRef(place), version: version ?? noVersion(beginning) }
}

/** One that cannot exist, so that the operation says of the key what is to be said. */
function noVersion(beginning = ''): string {
  return beginning.padEnd(32, '0')
}

export function keyRef({ vault, name }: KeyPlace): KeyRef {
  return { vault, name }
}

function aliasOf(reference: alibaba.shared.KeyReference): string {
  if (reference.kind === 'alias') return reference.alias.slice('alias/'.length)
  return reference.kind === 'arn' ? reference.arn.name : ''
}

function keyIdOf(reference: alibaba.shared.KeyReference): string {
  if (reference.kind === 'id') return reference.id
  return reference.kind === 'arn' ? reference.arn.name : ''
}

/** At the gateway of an instance there are its own keys alone. */
function isThere({ instance }: ActionContext, place: KeyPlace | undefined): place is KeyPlace {
  return place !== undefined && (instance === undefined || isSameVault(instance, place.vault))
}

/** An ARN of another account or region names nothing here. */
function isOwn({ account, region }: ActionContext, reference: alibaba.shared.KeyReference): boolean {
  if (reference.kind !== 'arn') return true
  return reference.arn.account === account && reference.arn.region === region
}

/** Asks for what nobody has. @throws Fault AccessDenied for who may not ask. */
async function missing(
  { vault, call, settings, instance = settings.homeVault }: ActionContext,
  text: string,
  code: 'Forbidden.KeyNotFound' | 'Forbidden.AliasNotFound',
): Promise<alibaba.shared.KmsRefusal> {
  const name = text.replaceAll(/[^0-9A-Za-z-]/g, '-').slice(0, 127) || '-'
  try {
    await vault.keys.describe(call, { key: { vault: instance, name } })
  } catch (thrown) {
    if (!isFault(thrown, 'ObjectNotFound')) throw thrown
  }
  return new alibaba.shared.KmsRefusal(code)
}
