/** A network of IPv4 or IPv6, as CIDR writes it (RFC 4632, RFC 4291 §2.3). */
export interface Network {
  readonly version: 4 | 6
  /** The bits that all its addresses begin with, and how many these are. */
  readonly prefix: bigint
  readonly prefixBits: number
}

interface Address {
  readonly version: 4 | 6
  readonly bits: bigint
}

/** An address of IPv6 with a zone is shorter. */
const MAXIMUM_CHARACTERS = 64
const WIDTH = { 4: 32, 6: 128 } as const
/** `::ffff:0:0/96`: IPv4 addresses as a socket for both versions shows them. */
const MAPPED: Network = { version: 6, prefix: 0xffffn, prefixBits: 96 }

/**
 * Reads a network in CIDR, or a single address; bits behind the prefix count for nothing.
 * @returns `undefined` when it is none.
 */
export function parseNetwork(text: string): Network | undefined {
  const [, start = '', suffix] = /^([0-9A-Fa-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? []
  const address = parsePlain(start)
  if (address === undefined) return undefined
  const width = WIDTH[address.version]
  const prefixBits = suffix === undefined ? width : Number(suffix)
  if (prefixBits > width) return undefined
  const isMapped = prefixBits >= MAPPED.prefixBits && contains(MAPPED, address)
  return isMapped
    ? networkOf(unmapped(address), prefixBits - MAPPED.prefixBits)
    : networkOf(address, prefixBits)
}

/** Tells whether this is one address, perhaps with a zone. */
export function isAddress(text: string): boolean {
  return text.length <= MAXIMUM_CHARACTERS && parsePlain(withoutZone(text)) !== undefined
}

/** Tells whether an address lies in one of the networks; what is no address lies in none. */
export function inNetworks(networks: readonly Network[], text: string): boolean {
  const plain = parsePlain(withoutZone(text))
  if (plain === undefined) return false
  const address = unmapped(plain)
  return networks.some((network) => contains(network, address))
}

function withoutZone(text: string): string {
  return text.replace(/%.*$/s, '')
}

function networkOf({ version, bits }: Address, prefixBits: number): Network {
  return { version, prefix: bits >> BigInt(WIDTH[version] - prefixBits), prefixBits }
}

function contains({ version, prefix, prefixBits }: Network, address: Address): boolean {
  if (version !== address.version) return false
  return address.bits >> BigInt(WIDTH[version] - prefixBits) === prefix
}

function unmapped(address: Address): Address {
  if (!contains(MAPPED, address)) return address
  return { version: 4, bits: BigInt.asUintN(WIDTH[4], address.bits) }
}

function parsePlain(text: string): Address | undefined {
  const isV6 = text.includes(':')
  const bits = isV6 ? parseV6(text) : parseV4(text)
  return bits === undefined ? undefined : { version: isV6 ? 6 : 4, bits }
}

/** Four decimal numbers; none with a leading zero, which some read as octal. */
function parseV4(text: string): bigint | undefined {
  const numbers = text.split('.')
  if (numbers.length !== 4) return undefined
  let bits = 0n
  for (const number of numbers) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(number) || Number(number) > 255) return undefined
    bits = (bits << 8n) | BigInt(number)
  }
  return bits
}

/** Eight groups of 16 bits, the last two perhaps as IPv4, one run of zeros perhaps as `::`. */
function parseV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [before, after] = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  if (before === undefined || (halves.length === 2 && after === undefined)) return undefined
  const missing = 8 - before.length - (after?.length ?? 0)
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...before, ...Array.from({ length: missing }, () => 0n), ...(after ?? [])]
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n)
}

function groupsOf(half: string, isLast: boolean): readonly bigint[] | undefined {
  if (half === '') return []
  const groups: bigint[] = []
  const texts = half.split(':')
  for (const [index, text] of texts.entries()) {
    const dotted =
      isLast && index === texts.length - 1 && text.includes('.') ? parseV4(text) : undefined
    if (dotted !== undefined) groups.push(dotted >> 16n, dotted & 0xffffn)
    else if (/^[0-9A-Fa-f]{1,4}$/.test(text)) groups.push(BigInt(`0x${text}`))
    else return undefined
  }
  return groups
}
