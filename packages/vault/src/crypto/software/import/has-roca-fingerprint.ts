// Keys of one maker's chips (CVE-2017-15361, “ROCA”) have primes of the form k·M + (65537^a mod M),
// M a product of small primes: modulo each of these, the modulus is a power of 65537. See Nemec and
// others, “The Return of Coppersmith's Attack”, ACM CCS 2017, §2. By chance a good key looks like
// that modulo all of these primes once in more than a hundred million.
const PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157]

const POWERS: readonly (readonly [prime: bigint, powers: ReadonlySet<bigint>])[] = PRIMES.map((prime) => {
  const powers = new Set<bigint>()
  for (let power = 1; !powers.has(BigInt(power)); power = (power * 65_537) % prime) powers.add(BigInt(power))
  return [BigInt(prime), powers]
})

/** Tells whether a modulus looks as if it came from a generator whose keys can be factored. */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return POWERS.every(([prime, powers]) => powers.has(modulus % prime))
}
