import { replayClaim } from '@claviger/vault'
import { randomUUID } from 'node:crypto'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import type { alibaba } from '@claviger/wire'
import type { Door, WireRequest } from '../../../door.ts'
import { AUDIT_OF_ACTIONS, demandAudited } from '../audited-under-test.ts'
import { sharedDoor, type SharedDoorOptions } from './door.ts'

const REGION = 'cn-hangzhou'

/** What the server says of its own certificate. */
export const CA_CHAIN = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'

/** An answer in JSON, read. */
export interface JsonAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  // oxlint-disable-next-line typescript/no-explicit-any -- tests reach into answers of 102 actions
  readonly body: any
}

/** The shared gateway over a vault in memory; whoever asks is known, signatures are not looked at. */
export interface SharedDoorUnderTest {
  readonly memory: MemoryVault
  readonly door: Door
  /** Asks as the administrator, or as `who`; what it leaves in the audit is looked at each time. */
  readonly call: (
    action: alibaba.shared.ActionName,
    parameters?: Readonly<Record<string, string | number | boolean>>,
    who?: 'administrator' | 'identity' | 'stranger',
  ) => Promise<JsonAnswer>
}

export async function sharedDoorUnderTest(
  options: Partial<Pick<SharedDoorOptions, 'settings' | 'denials'>> = {},
): Promise<SharedDoorUnderTest> {
  const memory = await memoryVault()
  let who: 'administrator' | 'identity' | 'stranger' = 'administrator'
  const door = sharedDoor({
    vault: memory.vault,
    authenticate: async ({ nonce = '' }) => ({
      caller: memory[who].caller,
      claims: [replayClaim('LTAItest', nonce)],
    }),
    regionOf: () => REGION,
    log: { error: () => undefined, warn: () => undefined },
    settings: { regions: [REGION], homeVault: 'default', caCertificateChain: () => CA_CHAIN },
    ...options,
  })
  return {
    memory,
    door,
    async call(action, parameters = {}, caller = 'administrator') {
      who = caller
      const sent = {
        Action: action,
        Version: '2016-01-20',
        Format: 'JSON',
        AccessKeyId: 'LTAItest',
        SignatureMethod: 'HMAC-SHA1',
        SignatureVersion: '1.0',
        SignatureNonce: randomUUID(),
        Timestamp: '2026-01-01T00:00:00Z',
        Signature: 'none',
        ...parameters,
      }
      const before = (await memory.audit()).length
      const request = requestOf(sent)
      const answer = await door.answer(request)
      const { status, headers } = answer
      const body = JSON.parse(String(answer.body))
      const { requestId } = request
      const asked = { requestId, status, code: String(body.Code) }
      await demandAudited(memory, before, AUDIT_OF_ACTIONS[action], asked)
      return { status, headers, body }
    },
  }
}

function requestOf(parameters: Readonly<Record<string, string | number | boolean>>): WireRequest {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')
  const host = `kms.${REGION}.localhost`
  return {
    method: 'POST',
    path: '/',
    query,
    headers: { host },
    body: new Uint8Array(),
    host,
    port: 8443,
    clientAddress: '127.0.0.1',
    requestId: randomUUID(),
  }
}
