/** The two primes of a modulus, the larger one first. */
export interface Primes {
  readonly p: bigint
  readonly q: bigint
}

/**
 * The primes of an RSA key of which only n, e and d are known (NIST SP 800-56B Rev. 2, appendix
 * C.2): e·d − 1 times a common divisor is a multiple of (p−1)(q−1) = n − (p+q) + 1, which gives
 * p + q.
 * Integers of the language do not take constant time; a key goes through here once, when it comes.
 * @returns undefined when the numbers do not belong together.
 */
export function recoverPrimes(n: bigint, e: bigint, d: bigint): Primes | undefined {
  const multiple = (d * e - 1n) * greatestDivisor(n - 1n, d * e - 1n)
  const times = multiple / n + 1n
  const rest = n - (multiple % n)
  if (rest % times !== 0n) return undefined
  const sum = rest / times + 1n
  const square = sum * sum - 4n * n
  if (square <= 0n) return undefined
  const difference = squareRoot(square)
  const p = (sum + difference) / 2n
  const q = (sum - difference) / 2n
  return p * q === n ? { p, q } : undefined
}

/** 1/a modulo m; `undefined` where they have a common divisor. */
export function inverse(a: bigint, m: bigint): bigint | undefined {
  let [previous, current] = [a % m, m]
  let [x, next] = [1n, 0n]
  while (current !== 0n) {
    const quotient = previous / current
    ;[previous, current] = [current, previous - quotient * current]
    ;[x, next] = [next, x - quotient * next]
  }
  return previous === 1n ? (x + m) % m : undefined
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** The largest integer whose square is at most `number`, by Newton's steps from above. */
function squareRoot(number: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(number.toString(2).length / 2))
  for (;;) {
    const next = (root + number / root) >> 1n
    if (next >= root) return root
    root = next
  }
}
