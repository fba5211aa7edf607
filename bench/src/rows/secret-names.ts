import type { SecretNames } from './row.ts'

/** The name of one of the secrets a store is filled with. */
export function secretName(index: number): string {
  return `secret-${String(index).padStart(7, '0')}`
}

/** The names of a store with `count` secrets. */
export function secretNames(count: number): SecretNames {
  return {
    count,
    sample(size) {
      const wanted = Math.min(size, count)
      const names = Array.from({ length: wanted }, (_, index) =>
        secretName(Math.floor((index * count) / wanted)),
      )
      // A fixed stride that shares no divisor with the length visits each once, far from the last.
      const stride = coprimeNear(Math.floor(wanted * 0.618), wanted)
      return names.map((name, index) => names[(index * stride) % wanted] ?? name)
    },
  }
}

function coprimeNear(start: number, length: number): number {
  for (let candidate = Math.max(1, start); ; candidate += 1) {
    if (greatestDivisor(candidate, length) === 1) return candidate
  }
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other)
}
