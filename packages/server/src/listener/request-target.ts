/** Where a request goes, read from its request line and its Host header and nothing decoded. */
export interface RequestTarget {
  /** Lower case, without port, brackets or a final dot. */
  readonly host: string
  readonly port: number | undefined
  readonly path: string
  readonly query: string
}

const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/i
const hostAndPort = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{0,5}))?$/

/**
 * Reads the target of a request; `undefined` when no valid host is named. A target in absolute form
 * wins over the Host header (RFC 9112 §3.2.2); two Host headers arrive joined and are not valid.
 */
export function requestTarget(
  url: string,
  hostHeader: string | undefined,
): RequestTarget | undefined {
  const absolute = url.startsWith('/') ? null : absoluteForm.exec(url)
  const authority = parseAuthority(absolute?.[1] ?? hostHeader ?? '')
  if (authority === undefined) return undefined
  const rest = absolute === null ? url : (absolute[2] ?? '')
  const mark = rest.indexOf('?')
  const path = mark === -1 ? rest : rest.slice(0, mark)
  return {
    ...authority,
    path: path === '' ? '/' : path,
    query: mark === -1 ? '' : rest.slice(mark + 1),
  }
}

function parseAuthority(text: string): Pick<RequestTarget, 'host' | 'port'> | undefined {
  const match = hostAndPort.exec(text.toLowerCase())
  if (match === null) return undefined
  const [, address, name, digits = ''] = match
  const port = digits === '' ? undefined : Number(digits)
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined
  const host = address ?? (name ?? '').replace(/\.$/, '')
  return host === '' ? undefined : { host, port }
}
