import { randomInt, randomUUID } from 'node:crypto'
import type { HttpsClient } from '../server/https-client.ts'
import { type Change, randomChange } from './change.ts'
import type { Ledger } from './ledger.ts'

/** Under a load that never pauses, whoever is killed has requests in every state. */
export interface Load {
  /** Lets requests under way end and starts no other. */
  stop(): Promise<void>
}

/**
 * Starts writers that change secrets of their own at random. A secret whose change was not answered
 * is left alone until it has been compared with what the server has.
 */
export function startLoad(
  client: HttpsClient,
  token: string,
  ledger: Ledger,
  canary: string,
): Load {
  const stopping = new AbortController()
  const write = async (names: readonly string[]): Promise<void> => {
    while (!stopping.signal.aborted) {
      const free = names.filter((name) => ledger.isSettled(name))
      const name = free[randomInt(Math.max(1, free.length))]
      if (name === undefined) return
      const change = randomChange(name, ledger.state(name), canary)
      await ask(client, token, name, change, ledger)
    }
  }
  const writers = ledger.shares.map(write)
  return {
    async stop() {
      stopping.abort()
      await Promise.all(writers)
    },
  }
}

async function ask(
  client: HttpsClient,
  token: string,
  name: string,
  change: Change,
  ledger: Ledger,
): Promise<void> {
  const requestId = randomUUID()
  const headers = { 'x-ms-client-request-id': requestId }
  const { method, path, body } = change
  ledger.asked(name, change, requestId)
  const answer = await client
    .send(method, path, body === undefined ? { token, headers } : { token, headers, body })
    .catch(() => undefined)
  ledger.answered(name, answer)
}
