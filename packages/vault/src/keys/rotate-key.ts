import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { addDuration } from './duration.ts'
import type { KeyHead, KeyRef, KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyTarget, readKeyHead } from './read-key.ts'
import { storedDuration } from './rotation-policy.ts'

/** Makes a new current version like the one before, valid for as long as the policy says. */
export const rotateKey = operation<{ readonly key: KeyRef }, KeyVersion>({
  name: 'KeyRotate',
  permission: 'keys/rotate',
  writes: true,
  target: keyTarget,
  event: () => 'KeyNewVersionCreated',
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, { key }) {
    return rotate(context, key, await readRotatable(context, key))
  },
})

/**
 * Reads the head of a key that may be rotated.
 * @throws Fault NameInvalid, ObjectNotFound, ObjectManaged
 */
export async function readRotatable(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  key: KeyRef,
): Promise<KeyHead> {
  const head = await readKeyHead(unit, vault(), key)
  if (head.current.managed === true) {
    throw new Fault('ObjectManaged', { kind: 'key', operation: 'rotate' })
  }
  // Its material comes from elsewhere, and the next one would have to.
  if (head.current.external === true) {
    throw new Fault('KeyOperationForbidden', { operation: 'rotate' })
  }
  return head
}

/** The rotation itself, whoever asks for it. */
export async function rotate(
  context: OperationContext,
  key: KeyRef,
  head: KeyHead,
): Promise<KeyVersion> {
  const { spec, hsm, keyOperations, tags } = head.current
  const lifetime = head.rotationPolicy?.expiryTime
  const made = await makeKey(context, () => context.provider.create(spec))
  return putKeyVersion(context, key, head, made, {
    enabled: true,
    keyOperations,
    hsm,
    ...(tags === undefined ? {} : { tags }),
    ...(lifetime === undefined
      ? {}
      : { expires: addDuration(context.now, storedDuration(lifetime)) }),
  })
}
