import { randomInt, randomUUID } from 'node:crypto'
import { type HttpsClient, NoAnswer, type RawAnswer } from '../server/https-client.ts'
import type { Ledger } from './ledger.ts'
import type { Change } from './noun.ts'
import type { Identified } from './object-state.ts'

/** Under a load that never pauses, whoever is killed has requests in every state. */
export interface Load {
  /** Lets requests under way end and starts no other. */
  stop(): Promise<void>
}

/**
 * Starts writers that change objects of their own at random. An object whose change was not
 * answered is left alone until it has been compared with what the server has.
 */
export function startLoad<Version extends Identified>(
  client: HttpsClient,
  token: string,
  ledger: Ledger<Version>,
  canary: string,
): Load {
  const stopping = new AbortController()
  const write = async (names: readonly string[]): Promise<void> => {
    while (!stopping.signal.aborted) {
      const free = names.filter((name) => ledger.isSettled(name))
      const name = free[randomInt(Math.max(1, free.length))]
      if (name === undefined) return
      const change = ledger.noun.randomChange(name, ledger.state(name), canary)
      await ask(client, token, name, change, ledger)
    }
  }
  const writers = ledger.noun.shares.map(write)
  return {
    async stop() {
      stopping.abort()
      await Promise.all(writers)
    },
  }
}

async function ask<Version extends Identified>(
  client: HttpsClient,
  token: string,
  name: string,
  change: Change<Version>,
  ledger: Ledger<Version>,
): Promise<void> {
  const requestId = randomUUID()
  const headers = { 'x-ms-client-request-id': requestId }
  const { method, path, body } = change
  ledger.asked(name, change, requestId)
  let answer: RawAnswer | undefined
  try {
    const options = { token, headers, ...(body === undefined ? {} : { body }) }
    answer = await client.send(method, path, options)
  } catch (error) {
    if (error instanceof NoAnswer) ledger.hung += 1
  }
  ledger.answered(name, answer)
}
