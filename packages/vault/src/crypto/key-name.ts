import type { KeySpec } from './key-spec.ts'

/** What kind of key it is, in a few words, for sentences: `RSA 2048`, `EC P-256`, `oct 256`. */
export function keyName(spec: KeySpec): string {
  switch (spec.type) {
    case 'RSA':
    case 'oct':
      return `${spec.type} ${spec.bits}`
    case 'EC':
    case 'OKP':
      return `${spec.type} ${spec.curve}`
  }
}
