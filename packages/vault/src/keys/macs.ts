import type { MacAlgorithm } from '../crypto/algorithms.ts'
import { operation } from '../operation.ts'
import type { KeyRef, KeyVersion } from './key.ts'
import { auditedKey, keyTarget } from './read-key.ts'
import { usableKey } from './usable-key.ts'

export interface GenerateMacInput {
  readonly key: KeyRef
  readonly algorithm: MacAlgorithm
  readonly message: Uint8Array
}

/** Computes the authentication code of a message. */
export const generateMac = operation<
  GenerateMacInput,
  { readonly key: KeyVersion; readonly code: Uint8Array }
>({
  name: 'KeyGenerateMac',
  permission: 'keys/sign',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, message }) {
    const { version, handle } = await usableKey(context, key, 'sign')
    return { key: version, code: await context.provider.generateMac(handle, algorithm, message) }
  },
})

export interface VerifyMacInput extends GenerateMacInput {
  readonly code: Uint8Array
}

/** Tells whether a code is that of the message. */
export const verifyMac = operation<
  VerifyMacInput,
  { readonly key: KeyVersion; readonly valid: boolean }
>({
  name: 'KeyVerifyMac',
  permission: 'keys/verify',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.key.version),

  async run(context, { key, algorithm, message, code }) {
    const { version, handle } = await usableKey(context, key, 'verify')
    const valid = await context.provider.verifyMac(handle, algorithm, message, code)
    return { key: version, valid }
  },
})
