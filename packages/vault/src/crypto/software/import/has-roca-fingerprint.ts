// Keys of one maker's chips (CVE-2017-15361, “ROCA”) have primes k·M + (65537^a mod M), M being a
// product of small primes: modulo each of these, the modulus is a power of 65537. See Nemec and
// others, “The Return of Coppersmith's Attack”, ACM CCS 2017, §2. A good key looks like that modulo
// all the primes below once in 240 million times.
const PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

const POWERS: ReadonlyMap<bigint, ReadonlySet<bigint>> = new Map(
  PRIMES.map((prime) => [BigInt(prime), powersModulo(BigInt(prime))]),
)

function powersModulo(prime: bigint): ReadonlySet<bigint> {
  const powers = new Set<bigint>()
  for (let power = 1n; !powers.has(power); power = (power * 65_537n) % prime) powers.add(power)
  return powers
}

/** Tells whether a modulus looks as if it came from a generator whose keys can be factored. */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return [...POWERS].every(([prime, powers]) => powers.has(modulus % prime))
}
