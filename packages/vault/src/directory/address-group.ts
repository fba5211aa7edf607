const V6_NETWORK_GROUPS = 4

/**
 * The part of an IP address that one client cannot choose freely: an IPv4 address as a whole, of an
 * IPv6 address the network (64 bits).
 */
export function addressGroup(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  // A dotted end stands for the last two groups (RFC 4291 §2.2), which are none of the network's.
  const plain = address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/[\d.]+\.\d+$/, '0:0')
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after]
  return `${groups
    .slice(0, V6_NETWORK_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::`
}
