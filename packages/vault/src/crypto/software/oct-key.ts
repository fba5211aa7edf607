import type { HeldKey } from './held-keys.ts'

/** A symmetric key ready for use: its octets, overwritten when it leaves. */
export class OctKey implements HeldKey {
  readonly octets: Uint8Array

  /** @param octets taken over as they are, not copied. */
  constructor(octets: Uint8Array) {
    this.octets = octets
  }

  leave(): void {
    this.octets.fill(0)
  }
}
