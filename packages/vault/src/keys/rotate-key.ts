import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { SECONDS_PER_DAY } from '../time.ts'
import { demandInUse } from './demand-in-use.ts'
import { demandRotatable } from './demand-rotatable.ts'
import { addDuration } from './duration.ts'
import { keyVersionPrefix, type KeyHead, type KeyRef, type KeyVersion } from './key.ts'
import { makeKey } from './key-material.ts'
import { putKeyVersion } from './put-key-version.ts'
import { auditedKey, keyTarget, readKeyHead } from './read-key.ts'
import { storedDuration } from './rotation-policy.ts'

export interface RotateKeyInput {
  readonly key: KeyRef
  /** Refuses a key that cannot be used now. */
  readonly onlyUsable?: true
  /** The most versions that an asymmetric key may have then. */
  readonly maximumVersions?: number
  /** How old the current version of an asymmetric key must be. */
  readonly minimumAgeDays?: number
}

/**
 * Makes a new current version like the one before, valid for as long as the policy says.
 * @throws Fault KeyNotRotatable; with `onlyUsable` ObjectDisabled, KeyAwaitsMaterial
 */
export const rotateKey = operation<RotateKeyInput, KeyVersion>({
  name: 'KeyRotate',
  permission: 'keys/rotate',
  writes: true,
  target: keyTarget,
  event: () => 'KeyNewVersionCreated',
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, { key, onlyUsable, ...limits }) {
    if (onlyUsable === true) await demandInUse(context, key)
    const head = await readRotatable(context, key)
    if (head.current.publicKey !== undefined) await demandWithin(context, head, limits)
    return rotate(context, key, head)
  },
})

/**
 * Reads the head of a key that may be rotated.
 * @throws Fault NameInvalid, ObjectNotFound, ObjectManaged, KeyNotRotatable
 */
export async function readRotatable(
  { unit, vault }: Pick<OperationContext, 'unit' | 'vault'>,
  key: KeyRef,
): Promise<KeyHead> {
  const head = await readKeyHead(unit, vault(), key)
  if (head.current.managed === true) {
    throw new Fault('ObjectManaged', { kind: 'key', operation: 'rotate' })
  }
  demandRotatable(head.current)
  return head
}

/** @throws Fault KeyNotRotatable */
async function demandWithin(
  { unit, vault, now }: Pick<OperationContext, 'unit' | 'vault' | 'now'>,
  { current: { name, created } }: KeyHead,
  { maximumVersions, minimumAgeDays = 0 }: Pick<RotateKeyInput, 'maximumVersions' | 'minimumAgeDays'>,
): Promise<void> {
  if (now < created + minimumAgeDays * SECONDS_PER_DAY) {
    const reason = `its current version is not ${minimumAgeDays} days old yet`
    throw new Fault('KeyNotRotatable', { name, reason })
  }
  if (maximumVersions === undefined) return
  const prefix = keyVersionPrefix(vault(), name)
  const versions = await unit.keys(prefix, { limit: maximumVersions })
  if (versions.length < maximumVersions) return
  const reason = `it has ${maximumVersions} versions, the most there can be`
  throw new Fault('KeyNotRotatable', { name, reason })
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
