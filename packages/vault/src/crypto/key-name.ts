import type { KeySpec } from './key-spec.ts'

/** What kind of key it is, in a few words, for sentences: `RSA 2048`, `EC P-256`, `oct 256`. */
export function keyName(spec: KeySpec): string {
  return `${spec.type} ${'curve' in spec ? spec.curve : spec.bits}`
}
