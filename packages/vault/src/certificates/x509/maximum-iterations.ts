import { Constructed, fromBER, Integer, OctetString, type AsnType } from 'asn1js'

/** Deeper than any file that a tool writes. */
const MAXIMUM_DEPTH = 24

/**
 * The most iterations that a layer of a PKCS #12 file asks for: a number that follows a salt. What
 * stands in octet strings is another layer. `undefined` when it is no ASN.1.
 *
 * Whoever opens a file does as it says, so a few octets could keep a server busy for hours.
 */
export function maximumIterations(layer: Uint8Array): number | undefined {
  try {
    const { offset, result } = fromBER(Uint8Array.from(layer))
    return offset < 0 ? undefined : most(result, 0)
  } catch {
    return undefined
  }
}

function most(node: AsnType, depth: number): number {
  if (depth > MAXIMUM_DEPTH) return Number.POSITIVE_INFINITY
  if (!(node instanceof Constructed)) return 0
  const children: readonly AsnType[] = node.valueBlock.value
  let found = 0
  let before: AsnType | undefined
  for (const child of children) {
    if (before instanceof OctetString && child instanceof Integer) {
      found = Math.max(found, countOf(child))
    }
    found = Math.max(found, most(child, depth + 1))
    before = child
  }
  return found
}

function countOf(number: Integer): number {
  const digits = number.valueBlock.valueHexView
  return digits.byteLength > 6 ? Number.POSITIVE_INFINITY : Number(number.toBigInt())
}
