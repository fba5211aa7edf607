import type { Listener } from '../listener.ts'
import { isMissingAddress, listenAddresses } from '../process/listen-addresses.ts'
import { listenProblem } from '../process/listen-problem.ts'

/**
 * Listens at each address that a host setting means, but for those the machine need not have.
 * @param variable the setting that names the port, for the sentence to the operator.
 * @throws StartError when an address cannot be had.
 */
export async function listenOn(
  setting: string,
  port: number,
  variable: string,
  open: (at: { readonly host: string; readonly port: number }) => Promise<Listener>,
): Promise<readonly Listener[]> {
  const listeners: Listener[] = []
  for (const { host, isOptional } of listenAddresses(setting)) {
    try {
      listeners.push(await open({ host, port }))
    } catch (thrown) {
      if (isOptional && isMissingAddress(thrown)) continue
      throw listenProblem(thrown, `${host.includes(':') ? `[${host}]` : host}:${port}`, variable)
    }
  }
  return listeners
}
