import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Fetch } from '@claviger/client/azure'
import type { Surroundings } from '../surroundings.ts'
import { MemoryVault } from '../testing/memory-vault.ts'
import { runInMemory } from '../testing/run-in-memory.ts'
import type { Finding } from './examine.ts'

const environment = {
  ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-access-key',
}
const KEYS = { Keys: { Key: [] }, PageNumber: 1, PageSize: 1, TotalCount: 0, RequestId: 'r' }

const refusing = (status: number, Code: string): MemoryVault =>
  new MemoryVault(() => ({ status, body: { Code, Message: 'No.', RequestId: 'r' } }))

async function examined(
  far: MemoryVault,
  given: Partial<Surroundings> = {},
): Promise<{ readonly code: number; readonly found: readonly Finding[] }> {
  const addressesOf = async (): Promise<readonly string[]> => ['192.0.2.1']
  const all = { addressesOf, environment, ...given }
  const { code, output, errors } = await runInMemory(['doctor', '--kms'], far, all)
  assert.doesNotMatch(output + errors, /canary/)
  return { code, found: output === '' ? [] : (JSON.parse(output) as readonly Finding[]) }
}

const statesOf = (found: readonly Finding[]): readonly string[] =>
  found.map(({ check, state }) => `${check} ${state}`)

const REACHED = ['name ok', 'connection ok', 'clock ok'] as const

describe('claviger doctor --kms', () => {
  it('finds nothing wrong where nothing is, and only lists', async () => {
    const far = new MemoryVault(() => ({ status: 200, body: KEYS }))
    const { code, found } = await examined(far)
    assert.equal(code, 0)
    assert.deepEqual(statesOf(found), [...REACHED, 'credential ok', 'permission ok'])
    assert.match(found[0]?.detail ?? '', /^kms\.cn-hangzhou\.aliyuncs\.com: 192\.0\.2\.1$/)
    assert.equal(far.seen.length, 1)
  })

  it('tells a credential that is wrong from a permission that is missing', async () => {
    const wrong = await examined(refusing(404, 'InvalidAccessKeyId.NotFound'))
    assert.deepEqual([wrong.code, ...statesOf(wrong.found)], [1, ...REACHED, 'credential failed'])
    assert.match(wrong.found.at(-1)?.advice ?? '', /ALIBABA_CLOUD_ACCESS_KEY_ID/)
    const denied = await examined(refusing(403, 'Forbidden.NoPermission'))
    assert.deepEqual(statesOf(denied.found), [...REACHED, 'credential ok', 'permission failed'])
    assert.match(denied.found.at(-1)?.advice ?? '', /RAM/)
  })

  it('finds an authority that this machine does not trust, and says what to set', async () => {
    const fetch: Fetch = async () => {
      throw Object.assign(new Error('no'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })
    }
    const { found } = await examined(refusing(500, 'none'), { fetch })
    assert.deepEqual(statesOf(found), ['name ok', 'connection failed'])
    assert.match(found.at(-1)?.advice ?? '', /ALIBABA_CLOUD_KMS_CA_FILE/)
  })

  it('says what to set when the environment names no gateway', async () => {
    assert.equal((await examined(refusing(500, 'none'), { environment: {} })).code, 2)
  })
})
