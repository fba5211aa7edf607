import { operation } from '../operation.ts'
import type { KeyRef } from './key.ts'
import { actionTime } from './key-due.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { readRotatable, rotate } from './rotate-key.ts'

/** The answer of a rotation that is done by the clock. */
export interface RotatedIfDue {
  /** The new version; `undefined` when it was not time. */
  readonly version: string | undefined
}

/** Rotates a key when its policy says that it is time; for the scheduler. */
export const rotateKeyIfDue = operation<{ readonly key: KeyRef }, RotatedIfDue>({
  name: 'KeyRotateIfDue',
  permission: 'keys/rotate',
  writes: true,
  target: keyTarget,
  event: ({ version }) => (version === undefined ? undefined : 'KeyNewVersionCreated'),
  auditId: ({ key }, output) => auditedKey(key, output?.version),

  async run(context, { key }) {
    const head = await readRotatable(context, key)
    const time = actionTime(head, 'Rotate')
    if (time === undefined || time > context.now) return { version: undefined }
    return { version: (await rotate(context, key, head)).version }
  },
})
