import { Constructed, Integer, ObjectIdentifier, OctetString, type AsnType } from 'asn1js'

/** Password-based encryption and authentication whose parameters begin with a key derivation. */
const WITH_DERIVATION: readonly string[] = [
  '1.2.840.113549.1.5.13', // PBES2
  '1.2.840.113549.1.5.14', // PBMAC1
]
const PBKDF2 = '1.2.840.113549.1.5.12'
/** PBES1 (RFC 8018 §A.3) and PKCS #12's own (RFC 7292 §C): a salt and a count. */
const WITH_COUNT = /^1\.2\.840\.113549\.1\.(?:5\.(?:1|3|4|6|10|11)|12\.1\.[1-6])$/

/**
 * How many iterations an algorithm asks for that makes its key of a password; `undefined` for one
 * that is not known. Whoever opens a file does as it says, so a few octets could keep a server busy
 * for hours; scrypt, whose cost has three factors, is none of what tools write into such files.
 * @param algorithm an AlgorithmIdentifier.
 */
export function pbeIterations(algorithm: AsnType | undefined): number | undefined {
  const [id, parameters] = membersOf(algorithm)
  if (!(id instanceof ObjectIdentifier)) return undefined
  const name = id.getValue()
  if (WITH_COUNT.test(name)) return countIn(parameters)
  if (!WITH_DERIVATION.includes(name)) return undefined
  const [derivation, ...derivationParameters] = membersOf(membersOf(parameters)[0])
  const isKnown = derivation instanceof ObjectIdentifier && derivation.getValue() === PBKDF2
  return isKnown ? countIn(derivationParameters[0]) : undefined
}

/** The members of a sequence; none of anything else. */
export function membersOf(node: AsnType | undefined): readonly AsnType[] {
  return node instanceof Constructed ? node.valueBlock.value : []
}

function countIn(parameters: AsnType | undefined): number | undefined {
  const [salt, count] = membersOf(parameters)
  if (!(salt instanceof OctetString) || !(count instanceof Integer)) return undefined
  const { byteLength } = count.valueBlock.valueHexView
  if (byteLength > 6) return Number.POSITIVE_INFINITY
  const iterations = Number(count.toBigInt())
  return iterations < 1 ? undefined : iterations
}
