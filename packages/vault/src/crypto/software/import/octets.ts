/** The octets of a number without the zeros before it. */
export function withoutLeadingZeros(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.byteLength && octets[start] === 0) start++
  return octets.subarray(start)
}

/** The number that these octets write, big endian. */
export function toNumber(octets: Uint8Array): bigint {
  const hex = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex')
  return BigInt(`0x0${hex}`)
}

/** A number as JOSE writes it: octets big endian, base64url, at least `bytes` of them. */
export function toBase64url(number: bigint, bytes = 1): string {
  const hex = number.toString(16)
  const even = hex.padStart(Math.max(bytes * 2, hex.length + (hex.length % 2)), '0')
  return Buffer.from(even, 'hex').toString('base64url')
}

/** How many bits a number has; 0 for zero. */
export function bitLength(number: bigint): number {
  return number === 0n ? 0 : number.toString(2).length
}
