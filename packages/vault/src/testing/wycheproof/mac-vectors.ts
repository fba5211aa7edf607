import assert from 'node:assert/strict'
import { SIGNATURES } from '../../crypto/algorithms.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { Run } from './signature-vectors.ts'
import { hex, type Group } from './vector-file.ts'
import { octHandle } from './vector-keys.ts'

const ALGORITHMS: Readonly<Record<string, 'HS256' | 'HS384' | 'HS512'>> = {
  hmac_sha256: 'HS256',
  hmac_sha384: 'HS384',
  hmac_sha512: 'HS512',
}

/** A group of HMAC codes. */
export async function macGroup(provider: Provider, _group: Group, file: string): Promise<Run> {
  const algorithm = ALGORITHMS[file]
  if (algorithm === undefined) return async () => 'algorithm'
  const row = SIGNATURES[algorithm]
  return async (vector) => {
    const [k, message, code] = [hex(vector, 'key'), hex(vector, 'msg'), hex(vector, 'tag')]
    if (k.byteLength > 64) {
      await assert.rejects(octHandle(provider, k), { code: 'KeyInvalid' })
      return 'macKey'
    }
    const handle = await octHandle(provider, k)
    const verified = provider.verify(handle, algorithm, message, code)
    if (k.byteLength < row.minimumKeyBytes) {
      await assert.rejects(verified, { code: 'AlgorithmUnfit' })
      return 'macKey'
    }
    if (code.byteLength < row.macBytes) {
      assert.equal(await verified, false)
      return 'tagSize'
    }
    assert.equal(await verified, vector.result === 'valid')
    const own = Buffer.from(await provider.sign(handle, algorithm, message))
    assert.equal(own.equals(code), vector.result === 'valid')
    return 'passed'
  }
}
