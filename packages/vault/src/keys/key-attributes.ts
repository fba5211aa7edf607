import { demandDescription } from '../demand-description.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { hasMaterial, keyKey, type KeyHead, type KeyRef } from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { keyTarget, readKeyHead } from './read-key.ts'
import { setVersionsEnabled } from './set-versions-enabled.ts'

export interface KeyInput {
  readonly key: KeyRef
}

/** Says what a key is for; the text concerns all its versions. */
export const setKeyDescription = operation<KeyInput & { readonly description: string }, KeyHead>({
  name: 'KeyUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run(context, { key, description }) {
    demandDescription(description)
    return await putHead(context, key, await readOwnHead(context, key), { description })
  },
})

/** Refuses the deletion of a key until the protection is taken away again. */
export const setDeletionProtection = operation<
  KeyInput & { readonly isProtected: boolean; readonly reason?: string },
  KeyHead
>({
  name: 'KeyUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run(context, { key, isProtected, reason = '' }) {
    demandDescription(reason)
    const { deletionProtection: _, ...head } = await readOwnHead(context, key)
    return await putHead(context, key, head, isProtected ? { deletionProtection: { reason } } : {})
  },
})

/**
 * Enables or disables a key as a whole: each of its versions.
 * @throws Fault KeyAwaitsMaterial; giving it the material enables it.
 */
export const setKeyEnabled = operation<KeyInput & { readonly enabled: boolean }, KeyHead>({
  name: 'KeyUpdate',
  permission: 'keys/update',
  writes: true,
  target: keyTarget,

  async run(context, { key, enabled }) {
    const head = await readOwnHead(context, key)
    const { name } = head.current
    if (!hasMaterial(head.current, context.now)) throw new Fault('KeyAwaitsMaterial', { name })
    const current = await setVersionsEnabled(context, head.current, enabled)
    return await putHead(context, key, head, { current })
  },
})

/** @throws Fault ObjectNotFound; ObjectManaged for the key of a certificate. */
async function readOwnHead(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  key: KeyRef,
): Promise<KeyHead> {
  const head = await readKeyHead(unit, vault(), key)
  if (head.current.managed === true) {
    throw new Fault('ObjectManaged', { kind: 'key', operation: 'update' })
  }
  return head
}

async function putHead(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  key: KeyRef,
  head: KeyHead,
  changes: Partial<KeyHead>,
): Promise<KeyHead> {
  const container = vault()
  const headKey = keyKey(container, key.name)
  const before = await unit.get<KeyHead>(headKey)
  const after: KeyHead = { ...head, ...changes }
  await changeKeyDues(unit, container, before?.meta, after)
  unit.put<KeyHead>(headKey, { meta: after })
  return after
}
