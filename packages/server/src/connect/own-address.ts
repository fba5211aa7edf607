import { BOTH_LOOPBACKS } from '../process/listen-addresses.ts'

/** Every address of the machine; clients here then use the loopback one. */
const ANY_ADDRESS = new Set(['0.0.0.0', '::'])

/** The address at which programs on this machine reach a server that listens on `host`. */
export function ownAddress(host: string): string {
  return ANY_ADDRESS.has(host) || host === BOTH_LOOPBACKS ? '127.0.0.1' : host
}
