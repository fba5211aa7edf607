import { readPrivateFile } from '../read-private-file.ts'
import type { AuditSink } from './audit-sink.ts'

const TIMEOUT_MS = 30_000

/** A sink has answered with another status than 2xx; what it said besides is not looked at. */
export class SinkRefused extends Error {
  readonly code: string

  constructor(status: number) {
    super('the audit sink has refused a batch')
    this.name = 'SinkRefused'
    this.code = `HTTP_${status}`
  }
}

/** Sends each batch as one POST of JSON lines; it has arrived when the answer is 2xx. */
export class HttpSink implements AuditSink {
  readonly name: string
  readonly #url: string
  readonly #tokenFile: string | undefined
  readonly #send: typeof fetch

  /**
   * @param tokenFile of a bearer token, read again for each batch so that it can be replaced; none
   *   is sent when there is no such file.
   * @param send the runtime's `fetch`; tests give their own.
   */
  constructor(
    name: string,
    url: string,
    tokenFile: string | undefined,
    send: typeof fetch = fetch,
  ) {
    this.name = name
    this.#url = url
    this.#tokenFile = tokenFile
    this.#send = send
  }

  async deliver(entries: readonly string[], signal: AbortSignal): Promise<void> {
    const response = await this.#send(this.#url, {
      method: 'POST',
      // A redirect could lead the audit and the token anywhere.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: { 'Content-Type': 'application/x-ndjson', ...(await this.#authorization()) },
      body: entries.map((entry) => `${entry}\n`).join(''),
    })
    await response.body?.cancel()
    if (!response.ok) throw new SinkRefused(response.status)
  }

  async #authorization(): Promise<Record<string, string>> {
    if (this.#tokenFile === undefined) return {}
    const bytes = await readPrivateFile('token file of the audit sink', this.#tokenFile)
    if (bytes === undefined) return {}
    const token = bytes.toString('latin1').trim()
    bytes.fill(0)
    return { Authorization: `Bearer ${token}` }
  }
}
