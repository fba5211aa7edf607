/** A value of DER (X.690): its tag, and what is in it. */
export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
  /** With its tag and length. */
  readonly whole: Uint8Array
}

export const SEQUENCE = 0x30
export const OCTET_STRING = 0x04
export const OBJECT_IDENTIFIER = 0x06
/** The explicit tag `[0]`. */
export const CONTEXT_0 = 0xa0

/** The values that stand one after another. @throws RangeError for octets that are no DER. */
export function readDer(octets: Uint8Array): readonly DerValue[] {
  const values: DerValue[] = []
  let at = 0
  while (at < octets.length) {
    const value = readValue(octets, at)
    values.push(value)
    at += value.whole.length
  }
  return values
}

function readValue(octets: Uint8Array, start: number): DerValue {
  const [tag, first] = octets.subarray(start)
  if (tag === undefined || first === undefined) throw new RangeError('no DER')
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f
  // Three octets of length are 16 MB; none is the indefinite form, which DER has not.
  if (first === 0x80 || lengthOctets > 3) throw new RangeError('no DER')
  const head = start + 2 + lengthOctets
  const length =
    lengthOctets === 0
      ? first
      : octets.subarray(start + 2, head).reduce((sum, octet) => sum * 256 + octet, 0)
  if (head + length > octets.length) throw new RangeError('no DER')
  return {
    tag,
    content: octets.subarray(head, head + length),
    whole: octets.subarray(start, head + length),
  }
}
