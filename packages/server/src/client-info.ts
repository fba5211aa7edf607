import type { WireRequest } from './door.ts'

const LONGEST_CLIENT_INFO = 200

/** What a client says that it is, as the audit records it. */
export function clientInfo({ headers }: Pick<WireRequest, 'headers'>): string {
  return printable(headers['user-agent'] ?? '').slice(0, LONGEST_CLIENT_INFO)
}

/** A text of a client without what is not printable ASCII. */
export function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '')
}
