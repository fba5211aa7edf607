import { percentEncode } from './percent-encoding.ts'

/**
 * What an RPC signature covers: the method and every parameter of query and form but `Signature`,
 * by decoded name and value, sorted by name. The path is always `/`.
 */
export function rpcStringToSign(
  method: string,
  parameters: Iterable<readonly [name: string, value: string]>,
): string {
  const pairs = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .toSorted(byName)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
  return `${method}&%2F&${percentEncode(pairs.join('&'))}`
}

/**
 * By UTF-16 units, as the JavaScript and Java SDKs sort; Go's and Python's order is another only
 * where a name has characters beyond U+FFFF, and no parameter has.
 */
export function byName(
  [one]: readonly [name: string, value: string],
  [other]: readonly [name: string, value: string],
): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
