import assert from 'node:assert/strict'
import { SIGNATURES } from '../../crypto/algorithms.ts'
import { HMAC_BYTES } from '../../crypto/key-limits.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { Run } from './signature-vectors.ts'
import { hex, type Group } from './vector-file.ts'
import { handleOf } from '../provider/key-set.ts'
import { octHandle } from './vector-keys.ts'

/** JOSE's code with this hash, and the one for keys of the type HMAC. */
const ALGORITHMS = {
  hmac_sha256: ['HS256', 'HMAC-SHA-256'],
  hmac_sha384: ['HS384', 'HMAC-SHA-384'],
  hmac_sha512: ['HS512', 'HMAC-SHA-512'],
} as const

/** A group of HMAC codes, by both kinds of keys. */
export async function macGroup(provider: Provider, _group: Group, file: string): Promise<Run> {
  const [, [algorithm, macAlgorithm] = []] = Object.entries(ALGORITHMS).find(([name]) => name === file) ?? []
  if (algorithm === undefined || macAlgorithm === undefined) return async () => 'algorithm'
  const row = SIGNATURES[algorithm]
  return async (vector) => {
    const [k, message, code] = [hex(vector, 'key'), hex(vector, 'msg'), hex(vector, 'tag')]
    const { minimum, maximum } = HMAC_BYTES
    if (k.byteLength >= minimum && k.byteLength <= maximum) {
      const macKey = handleOf(await provider.import({ kty: 'HMAC', k }))
      const isValid = vector.result === 'valid' && code.byteLength === row.macBytes
      assert.equal(await provider.verifyMac(macKey, macAlgorithm, message, code), isValid)
      const own = Buffer.from(await provider.generateMac(macKey, macAlgorithm, message))
      assert.equal(own.subarray(0, code.byteLength).equals(code), vector.result === 'valid')
    }
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
