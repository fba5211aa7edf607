import type { OperationContext } from '../operation.ts'
import { operation } from '../operation.ts'
import { addDuration } from './duration.ts'
import type { KeyHead, KeyRef, KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { demandRoomForVersion, putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyNotFound, keyTarget } from './read-key.ts'
import { storedDuration } from './rotation-policy.ts'

/** Makes a new current version like the one before, valid for as long as the policy says. */
export const rotateKey = operation<{ readonly key: KeyRef }, KeyVersion>({
  name: 'KeyRotate',
  permission: 'keys/rotate',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, { key }) {
    const head = await demandRoomForVersion(context, key, 'rotate')
    if (head === undefined) throw keyNotFound(key)
    return rotate(context, key, head)
  },
})

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
