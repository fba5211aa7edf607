// The one file that knows the library. Its HTTP client is one for the whole process, and takes no
// limit for a single request: each request finds by the asynchronous context the exchange, and with
// it the limits, of the order that it is made for.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { AcmeClient, AcmeClientOptions } from './acme-client.ts'
import type { AcmeExchange } from './acme-exchange.ts'

type Axios = typeof import('acme-client').axios
type Adapter = Extract<Axios['defaults']['adapter'], (config: never) => unknown>

/** Asks the ACME server by the library. */
export type AskAcme = <T>(ask: (client: AcmeClient) => Promise<T>) => Promise<T>

const exchanges = new AsyncLocalStorage<AcmeExchange>()

/**
 * Instead of the library's own way to the network, so that neither its redirects, proxies and sizes
 * nor its repetitions apply: they are for errors of its HTTP client, and what this throws is none.
 */
const adapter: Adapter = async (config) => {
  const exchange = exchanges.getStore()
  if (exchange === undefined) throw new Error('a request to an ACME server belongs to an order')
  const { method = '', url = '', data } = config
  const { status, headers, body } = await exchange.request({
    method: method.toUpperCase(),
    url,
    ...(typeof data === 'string' ? { body: data } : {}),
  })
  const text = Buffer.from(body).toString('utf8')
  return { status, statusText: '', headers: Object.fromEntries(headers), data: text, config }
}

/**
 * A client of the library that asks by way of `exchange`. The library is loaded when it is first
 * needed: it costs some 40 MB and a fifth of a second, and few servers order certificates.
 */
export async function openAcmeClient(
  exchange: AcmeExchange,
  options: AcmeClientOptions,
): Promise<AskAcme> {
  const { axios, Client } = await import('acme-client')
  axios.defaults.adapter = adapter
  const client: AcmeClient = new Client(options)
  return async (ask) => await exchanges.run(exchange, ask, client)
}
