import type { WireRequest } from '../../door.ts'
import { LOOPBACK_HOSTS } from '../../loopback-hosts.ts'

/** As the client wrote it: a target in absolute form overrides it, and says less. */
const LOCAL_HOST_HEADER = /^(?:localhost\.?|127\.0\.0\.1|\[::1\])(?::\d+)?$/i
/** The standard ones, and those of proxies, load balancers and content networks. */
const FORWARDING_HEADER =
  /^(?:forwarded|via|x-forwarded(?:-.*)?|(?:.*-)?(?:forwarded-for|real-ip|client-ip|connecting-ip))$/

/**
 * Says why a request does not come from a program on this machine, or nothing when it does. A
 * browser that was sent here by a name of its own (DNS rebinding) shows by the Host header, a proxy
 * by what it adds; both would lend the machine's identity to somebody else.
 */
export function whyNotLocal({ clientAddress, host, headers }: WireRequest): string | undefined {
  if (!isLoopback(clientAddress)) return 'Identity tokens are for programs on this machine.'
  const isLocalName = LOOPBACK_HOSTS.includes(host) && isLocalHeader(headers['host'])
  if (!isLocalName) return 'The Host header must be localhost, 127.0.0.1 or [::1].'
  if (Object.keys(headers).some((name) => FORWARDING_HEADER.test(name))) {
    return 'Identity tokens are not given through a proxy.'
  }
  return undefined
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)
}

function isLocalHeader(header: string | undefined): boolean {
  return header === undefined || LOCAL_HOST_HEADER.test(header)
}
