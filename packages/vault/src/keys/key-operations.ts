import type { KeySpec } from '../crypto/key-spec.ts'
import { invalidInput } from '../invalid-input.ts'

/** What a key can be used for. */
export type KeyUse = 'encrypt' | 'decrypt' | 'sign' | 'verify' | 'wrapKey' | 'unwrapKey'

/** What may stand in `key_ops`; `import` marks a key that others are to be wrapped with. */
export type KeyOperation = KeyUse | 'import'

const SIGNING = ['sign', 'verify'] as const
const CIPHERING = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] as const

/** Which uses a key of each kind has at all; codes are made by `sign` (RFC 7517 §4.3). */
function usesOf(spec: KeySpec): readonly KeyUse[] {
  switch (spec.type) {
    case 'EC':
      return spec.curve === 'SM2' ? ['encrypt', 'decrypt', ...SIGNING] : SIGNING
    case 'OKP':
      return spec.curve === 'Ed25519' ? SIGNING : []
    case 'SM4':
      return ['encrypt', 'decrypt']
    case 'HMAC':
      return SIGNING
    case 'RSA':
    case 'oct':
      return ['encrypt', 'decrypt', ...SIGNING, 'wrapKey', 'unwrapKey']
  }
}

/** What a key may be used for when its maker does not say. */
export function defaultKeyOperations(spec: KeySpec): readonly KeyOperation[] {
  if (spec.type !== 'oct') return usesOf(spec)
  // AES has these sizes alone; any other key is for HMAC.
  return [128, 192, 256].includes(spec.bits) ? CIPHERING : SIGNING
}

/**
 * Checks `key_ops` against the key.
 * @throws Fault InvalidInput
 */
export function validKeyOperations(
  given: readonly string[],
  spec: KeySpec,
  hsm: boolean,
): readonly KeyOperation[] {
  if (new Set(given).size !== given.length) throw unfit('name each operation once')
  if (given.includes('import')) return importAlone(given, spec, hsm)
  const uses = usesOf(spec)
  return given.map((name) => {
    const use = uses.find((one) => one === name)
    if (use === undefined) throw unfit(reasonAgainst(uses, spec))
    return use
  })
}

function importAlone(
  given: readonly string[],
  spec: KeySpec,
  hsm: boolean,
): readonly KeyOperation[] {
  if (given.length === 1 && spec.type === 'RSA' && hsm) return ['import']
  throw unfit('import must stand alone, on a key of type RSA-HSM')
}

function reasonAgainst(uses: readonly KeyUse[], spec: KeySpec): string {
  if (uses.length > 0) return `for a key of type ${spec.type} it may hold ${uses.join(', ')}`
  return 'it must be empty or left out for a key on this curve, which has no operation here'
}

function unfit(reason: string): Error {
  return invalidInput('key_ops', reason)
}
