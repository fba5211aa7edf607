import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SuiteRun } from '../runner/suite-run.ts'

/** What a program listens with for the browser to come back, as RFC 8252 has it. */
export class RedirectReceiver {
  readonly #server: Server
  #waiting: ((answer: URLSearchParams) => void) | undefined

  static async start(run: SuiteRun): Promise<RedirectReceiver> {
    const receiver = new RedirectReceiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    run.onEnd(() => void receiver.#server.close())
    return receiver
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
      response.end('You can close this page.')
      if (searchParams.has('code') || searchParams.has('error')) this.#waiting?.(searchParams)
    })
  }

  /** What a program names as its address. */
  get uri(): string {
    // Not a pipe: it listens at a port.
    const { port } = this.#server.address() as AddressInfo
    return `http://localhost:${port}`
  }

  /** What the browser brings next. */
  async next(): Promise<URLSearchParams> {
    return await new Promise((resolve) => {
      this.#waiting = resolve
    })
  }
}
