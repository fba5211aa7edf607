import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { demandObjectName } from '../object-name.ts'
import type { OperationContext } from '../operation.ts'
import {
  deletedKeyKey,
  keyKey,
  keyMaterialKey,
  keyVersionKey,
  type DeletedKeyHead,
  type KeyHead,
  type KeyProperties,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { demandRotatable } from './demand-rotatable.ts'
import { changeKeyDues } from './key-due.ts'
import { putKeyId } from './key-id.ts'
import type { MadeKey } from './key-material.ts'
import type { Secret } from '../seal/secret.ts'

type Context = Pick<OperationContext, 'unit' | 'vault' | 'now'>

/**
 * Makes sure that a key may get a new version, before one is made at some cost.
 * @returns the head of the key, `undefined` when it is a new one.
 * @throws Fault NameInvalid, ObjectInDeletedState, ObjectManaged, KeyNotRotatable
 */
export async function demandRoomForVersion(
  { unit, vault }: Pick<Context, 'unit' | 'vault'>,
  { name }: KeyRef,
  act: 'create' | 'import',
): Promise<KeyHead | undefined> {
  demandObjectName(name)
  const [head, deleted] = await unit.getMany<KeyHead | DeletedKeyHead>([
    keyKey(vault(), name),
    deletedKeyKey(vault(), name),
  ])
  if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'key', name })
  if (head?.meta.current.managed === true) {
    throw new Fault('ObjectManaged', { kind: 'key', operation: act })
  }
  // Such a key has one version for ever, which each import gives its material again.
  if (head?.meta.current.external === true) demandRotatable(head.meta.current)
  return head?.meta
}

/** Writes a new current version: its material apart, so that a use of it reads what it needs. */
export async function putKeyVersion(
  { unit, vault, now }: Context,
  { name }: KeyRef,
  head: KeyHead | undefined,
  { spec, publicKey, materialId, material }: Omit<MadeKey, 'material'> & { readonly material?: Secret },
  properties: KeyProperties & Pick<KeyVersion, 'hsm' | 'external' | 'awaitsMaterial'>,
  ofKey: Pick<KeyHead, 'description' | 'rotationPolicy'> = {},
): Promise<KeyVersion> {
  const container = vault()
  const version = randomHexId()
  const current: KeyVersion = {
    ...properties,
    name: head?.current.name ?? name,
    version,
    spec,
    ...(publicKey === undefined ? {} : { publicKey }),
    materialId,
    created: now,
    updated: now,
  }
  const keyId = head === undefined ? await putKeyId(unit, container, name) : head.keyId
  const after: KeyHead = {
    ...head,
    ...ofKey,
    current,
    ...(head === undefined ? { firstVersion: version, created: now } : {}),
    ...(keyId === undefined ? {} : { keyId }),
  }
  await changeKeyDues(unit, container, head, after)
  if (material !== undefined) {
    unit.create(keyMaterialKey(container, name, version), { meta: {}, secret: material })
  }
  unit.create<KeyVersion>(keyVersionKey(container, name, version), { meta: current })
  unit.put<KeyHead>(keyKey(container, name), { meta: after })
  return current
}
