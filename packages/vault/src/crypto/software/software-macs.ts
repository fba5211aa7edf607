import { MACS, type MacAlgorithm } from '../algorithms.ts'
import type { MacRow } from '../algorithm-rows.ts'
import { assertFit } from '../assert-fit.ts'
import type { KeyHandle } from '../provider.ts'
import { assertMessage } from './assert-lengths.ts'
import { isMac, mac } from './hmac.ts'
import type { KeyRings } from './key-rings.ts'

/** Makes and verifies authentication codes, on this thread. */
export class SoftwareMacs {
  readonly #rings: KeyRings

  constructor(rings: KeyRings) {
    this.#rings = rings
  }

  async generate(
    handle: KeyHandle,
    algorithm: MacAlgorithm,
    message: Uint8Array,
  ): Promise<Uint8Array> {
    const row = checkedRow(handle, algorithm, message)
    return this.#rings.useOct(handle, ({ octets }) => mac(row, octets, message))
  }

  async verify(
    handle: KeyHandle,
    algorithm: MacAlgorithm,
    message: Uint8Array,
    code: Uint8Array,
  ): Promise<boolean> {
    const row = checkedRow(handle, algorithm, message)
    return this.#rings.useOct(handle, ({ octets }) => isMac(row, octets, message, code))
  }
}

function checkedRow({ spec }: KeyHandle, algorithm: MacAlgorithm, message: Uint8Array): MacRow {
  const row = MACS[algorithm]
  assertFit(spec, algorithm, row)
  assertMessage(row, message)
  return row
}
