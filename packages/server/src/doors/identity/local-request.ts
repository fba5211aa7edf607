import type { WireRequest } from '../../door.ts'

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])
const FORWARDING_HEADERS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-real-ip',
  'via',
] as const

/**
 * Says why a request does not come from a program on this machine, or nothing when it does. A
 * browser that was sent here by a name of its own (DNS rebinding) shows by the Host header, a proxy
 * by what it adds; both would lend the machine's identity to somebody else.
 */
export function whyNotLocal({ clientAddress, host, headers }: WireRequest): string | undefined {
  if (!isLoopback(clientAddress)) return 'Identity tokens are for programs on this machine.'
  if (!LOOPBACK_HOSTS.has(host)) return 'The Host header must be localhost, 127.0.0.1 or [::1].'
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) {
    return 'Identity tokens are not given through a proxy.'
  }
  return undefined
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/i.test(address)
}
