import type { KeyObject } from 'node:crypto'
import type { HeldKey } from './held-keys.ts'

/** An Ed25519 or X25519 key ready for use; node:crypto erases it when nobody holds it. */
export class OkpKey implements HeldKey {
  readonly keyObject: KeyObject

  constructor(keyObject: KeyObject) {
    this.keyObject = keyObject
  }

  leave(): void {}
}
