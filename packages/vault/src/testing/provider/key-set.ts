import { randomBytes } from 'node:crypto'
import type { AlgorithmRow } from '../../crypto/algorithm-rows.ts'
import { keyName } from '../../crypto/key-name.ts'
import type { KeySpec } from '../../crypto/key-spec.ts'
import type { KeyHandle, NewKey, PrivateNumbers, Provider } from '../../crypto/provider.ts'
import { Secret } from '../../seal/secret.ts'

let handles = 0

/** A handle under an id that was never used before; each load gives a copy of the material. */
export function handleOf({ spec, publicKey, material }: NewKey): KeyHandle {
  handles++
  return {
    id: `contract/${handles}`,
    spec,
    ...(publicKey === undefined ? {} : { publicKey }),
    load: async () => new Secret(Uint8Array.from(material.reveal())),
  }
}

/** One key of each kind, for tests that need some other key than the right one. */
export const SPECS: readonly KeySpec[] = [
  { type: 'RSA', bits: 2048, publicExponent: 65_537 },
  { type: 'EC', curve: 'P-256' },
  { type: 'EC', curve: 'P-384' },
  { type: 'EC', curve: 'P-521' },
  { type: 'EC', curve: 'secp256k1' },
  { type: 'EC', curve: 'SM2' },
  { type: 'OKP', curve: 'Ed25519' },
  { type: 'OKP', curve: 'X25519' },
  { type: 'oct', bits: 128 },
  { type: 'oct', bits: 192 },
  { type: 'oct', bits: 256 },
  { type: 'SM4', bits: 128 },
  { type: 'HMAC', bits: 128 },
  { type: 'HMAC', bits: 256 },
]

/**
 * Tells whether the algorithm of this row goes with a key of this kind. Written out once more, because
 * what providers ask themselves is what the contract is to judge.
 */
export function fits(spec: KeySpec, row: AlgorithmRow): boolean {
  switch (row.keyType) {
    case 'RSA':
      return spec.type === 'RSA'
    case 'EC':
      return spec.type === 'EC' && spec.curve === row.curve
    case 'OKP':
      return spec.type === 'OKP' && spec.curve === row.curve
    case 'SM4':
      return spec.type === 'SM4'
    case 'HMAC':
      return spec.type === 'HMAC'
    case 'oct':
      if (spec.type !== 'oct') return false
      if ('keyBytes' in row) return spec.bits === row.keyBytes * 8
      return spec.bits >= row.minimumKeyBytes * 8
  }
}

/** Keys of a provider, each made once however many tests use it. */
export class KeySet {
  readonly #provider: Provider
  readonly #made = new Map<string, Promise<KeyHandle>>()

  constructor(provider: Provider) {
    this.#provider = provider
  }

  /** A key of this kind. */
  of(spec: KeySpec): Promise<KeyHandle> {
    return this.#once(keyName(spec), () => this.#provider.create(spec))
  }

  /** A key that fits the row, as small as it may be. */
  for(row: AlgorithmRow): Promise<KeyHandle> {
    if (row.keyType === 'EC') return this.of({ type: 'EC', curve: row.curve })
    if (row.keyType === 'OKP') return this.of({ type: 'OKP', curve: row.curve })
    if (row.keyType === 'RSA') return this.of({ type: 'RSA', bits: 2048, publicExponent: 65_537 })
    if (row.keyType === 'SM4') return this.of({ type: 'SM4', bits: 128 })
    if (row.keyType === 'HMAC') return this.of({ type: 'HMAC', bits: 128 })
    if ('keyBytes' in row) return this.of({ type: 'oct', bits: row.keyBytes * 8 })
    const numbers: PrivateNumbers = { kty: 'oct', k: randomBytes(row.minimumKeyBytes) }
    return this.#once(`${row.hash} key`, () => this.#provider.import(numbers))
  }

  #once(name: string, make: () => Promise<NewKey>): Promise<KeyHandle> {
    const made = this.#made.get(name) ?? make().then(handleOf)
    this.#made.set(name, made)
    return made
  }
}
