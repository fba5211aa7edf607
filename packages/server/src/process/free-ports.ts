import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '../config.ts'
import { listenAddresses } from './listen-addresses.ts'
import { listenProblem } from './listen-problem.ts'

/**
 * Replaces port 0 by a free port, so that every worker and every replacement listens on the same
 * one. Another process may take it before they do: then try again.
 */
export async function withFreePorts(config: Config): Promise<Config> {
  const { port, identityPort, pkiPort, alibabaPort } = config
  const [{ host }] = listenAddresses(config.host)
  return {
    ...config,
    port: port === 0 ? await freePort(host, 'CLAVIGER_PORT') : port,
    pkiPort: pkiPort === 0 ? await freePort(host, 'CLAVIGER_PKI_PORT') : pkiPort,
    alibabaPort:
      alibabaPort === 0 ? await freePort(host, 'CLAVIGER_ALIBABA_PORT') : alibabaPort,
    identityPort:
      identityPort === 0 ? await freePort('127.0.0.1', 'CLAVIGER_IDENTITY_PORT') : identityPort,
  }
}

/** @throws StartError when the machine does not have the address. */
async function freePort(host: string, variable: string): Promise<number> {
  const server = createServer().listen(0, host)
  await once(server, 'listening').catch((thrown: unknown) => {
    throw listenProblem(thrown, `${host}:0`, variable)
  })
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
