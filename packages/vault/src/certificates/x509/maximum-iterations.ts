import { Constructed, fromBER, Integer, OctetString, type AsnType } from 'asn1js'

/** Deeper than any file that a tool writes. */
const MAXIMUM_DEPTH = 24

/**
 * The most iterations that a PKCS #12 file asks for, as far as can be seen before it is opened:
 * a number that follows a salt. `undefined` when the file is no ASN.1.
 *
 * Whoever opens it does as they say, so a few octets could keep a server busy for hours.
 */
export function maximumIterations(file: Uint8Array): number | undefined {
  const { offset, result } = fromBER(Uint8Array.from(file))
  return offset < 0 ? undefined : most(result, 0)
}

function most(node: AsnType, depth: number): number {
  if (depth > MAXIMUM_DEPTH) return Number.POSITIVE_INFINITY
  if (node instanceof OctetString && !node.idBlock.isConstructed) return mostInside(node, depth)
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

/** Contents stand in octet strings, which may hold anything. */
function mostInside(node: OctetString, depth: number): number {
  const octets = node.valueBlock.valueHexView
  if (octets[0] !== 0x30) return 0
  const { offset, result } = fromBER(Uint8Array.from(octets))
  return offset < 0 ? 0 : most(result, depth + 1)
}

function countOf(number: Integer): number {
  const digits = number.valueBlock.valueHexView
  return digits.byteLength > 6 ? Number.POSITIVE_INFINITY : Number(number.toBigInt())
}
