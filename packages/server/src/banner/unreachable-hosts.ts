import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Finds the addresses of a host as programs do (`getaddrinfo`, so with the hosts file). */
export type Lookup = (host: string) => Promise<readonly string[]>

/** Slower name servers must not hold the banner up. */
const LOOKUP_MILLISECONDS = 2000

/**
 * Those of `hosts` that do not lead to this machine: not found, or, with a domain that also exists
 * in public, found somewhere else. Then clients here would not reach the server, or another one.
 */
export async function unreachableHosts(
  hosts: readonly string[],
  find: Lookup = lookUp,
  own: ReadonlySet<string> = ownAddresses(),
): Promise<readonly string[]> {
  const reached = await Promise.all(hosts.map((host) => leadsTo(own, host, find)))
  return hosts.filter((_, index) => reached[index] !== true)
}

async function leadsTo(own: ReadonlySet<string>, host: string, find: Lookup): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<readonly string[]>()
  const timer = setTimeout(() => resolve([]), LOOKUP_MILLISECONDS)
  const found = await Promise.race([find(host).catch(() => []), late])
  clearTimeout(timer)
  return found.some((address) => own.has(address) || isLoopback(address))
}

async function lookUp(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

function ownAddresses(): ReadonlySet<string> {
  const interfaces = Object.values(networkInterfaces())
  return new Set(interfaces.flatMap((addresses = []) => addresses.map(({ address }) => address)))
}

/** All of 127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1. */
function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'))
}
