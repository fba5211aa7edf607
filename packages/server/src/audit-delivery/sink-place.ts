import { isAbsolute, resolve } from 'node:path'

/** Where the audit may also go: a name that diagnostic settings use, and what it stands for. */
export type SinkPlace =
  | { readonly name: string; readonly url: string }
  | { readonly name: string; readonly file: string }

const MAXIMUM_SINKS = 16
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
const FILE = /^file:(.+)$/
/** An agent on this machine needs no TLS; the audit has names and addresses in clear. */
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Reads `name=https://…,name=file:/…`; `undefined` when it is not of that form. */
export function parseSinkPlaces(text: string): readonly SinkPlace[] | undefined {
  const places = text.split(',').map((entry) => parsePlace(entry.trim()))
  const valid = places.filter((place) => place !== undefined)
  const names = new Set(valid.map(({ name }) => name))
  // Two that write to one file would write into each other's lines.
  const targets = new Set(valid.map((place) => ('file' in place ? place.file : place.url)))
  const isRight = [names.size, targets.size].every((size) => size === places.length)
  return isRight && places.length <= MAXIMUM_SINKS ? valid : undefined
}

function parsePlace(entry: string): SinkPlace | undefined {
  const [name = '', value = ''] = entry.split(/=(.*)/s)
  if (!NAME.test(name)) return undefined
  const file = FILE.exec(value)?.[1]
  if (file !== undefined) {
    return isAbsolute(file) && !file.includes('\0') ? { name, file: resolve(file) } : undefined
  }
  const url = URL.parse(value)
  if (url === null || !isPlain(url)) return undefined
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  return isSafe ? { name, url: url.href } : undefined
}

/** Whatever else there can be in a URL may be a secret, which no setting holds. */
function isPlain({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '')
}
