import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { Answer, Door, WireRequest } from '../../door.ts'
import { openLog } from '../../log.ts'
import { adminDoor, type AdminDoorOptions } from './door.ts'

/** An answer with its body read. */
export interface AdminAnswer {
  readonly status: number
  readonly body: unknown
}

/** The admin door on a vault in memory, with what a test asks of it. */
export interface AdminDoorUnderTest {
  readonly door: Door
  readonly memory: MemoryVault
  readonly logged: readonly string[]
  readonly ask: (path: string, body?: unknown) => Promise<AdminAnswer>
  readonly send: (request: Partial<WireRequest>) => Promise<Answer>
}

/** Opens it; the operator is the administrator of the vault's first tenant. */
export async function adminDoorUnderTest(
  changes: Partial<AdminDoorOptions> = {},
): Promise<AdminDoorUnderTest> {
  const memory = await memoryVault()
  const logged: string[] = []
  const door = adminDoor({
    vault: memory.vault,
    operator: async () => memory.administrator.caller,
    log: openLog('debug', { write: (line) => logged.push(line) }),
    ...changes,
  })
  const send = (request: Partial<WireRequest>): Promise<Answer> =>
    door.answer({ ...blankRequest, ...request })
  return {
    door,
    memory,
    logged,
    send,
    async ask(path, body = {}) {
      const answer = await send({ path, body: Buffer.from(JSON.stringify(body)) })
      return { status: answer.status, body: JSON.parse(String(answer.body)) }
    },
  }
}

/** A request to the admin door as the listener makes it. */
export const blankRequest: WireRequest = {
  method: 'POST',
  path: '/vaults/list',
  query: '',
  headers: {},
  body: Buffer.from('{}'),
  host: 'localhost',
  port: undefined,
  clientAddress: '',
  requestId: '5f0c1a52-8d6a-4d0a-9f5c-0b6a0f0e7a11',
}
