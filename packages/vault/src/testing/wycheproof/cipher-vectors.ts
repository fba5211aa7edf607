import assert from 'node:assert/strict'
import type { EncryptionRow, WrapRow } from '../../crypto/algorithm-rows.ts'
import { ENCRYPTIONS, WRAPS, type EncryptionAlgorithm, type WrapAlgorithm } from '../../crypto/algorithms.ts'
import type { Provider } from '../../crypto/provider.ts'
import type { Run } from './signature-vectors.ts'
import { hasFlag, hex, text, type Group } from './vector-file.ts'
import { octHandle, privateHandle, writtenHandle } from './vector-keys.ts'

const ENCRYPTION_ROWS = Object.entries(ENCRYPTIONS) as readonly [EncryptionAlgorithm, EncryptionRow][]
const WRAP_ROWS = Object.entries(WRAPS) as readonly [WrapAlgorithm, WrapRow][]

const failed = { code: 'DecryptionFailed' }

/** A group of AES-GCM, both ways. */
export async function gcmGroup(provider: Provider, group: Group): Promise<Run> {
  const algorithm = aesAlgorithm(group, (row) => 'mode' in row && row.mode === 'gcm')
  if (algorithm === undefined) return async () => 'keySize'
  if (group['tagSize'] !== 128) return async () => 'tagSize'
  return async (vector) => {
    const handle = await octHandle(provider, hex(vector, 'key'))
    const [plaintext, ciphertext] = [hex(vector, 'msg'), hex(vector, 'ct')]
    const beside = { iv: hex(vector, 'iv'), additionalData: hex(vector, 'aad') }
    const tag = hex(vector, 'tag')
    const opened = provider.decrypt(handle, algorithm, { ...beside, ciphertext, tag })
    if (group['ivSize'] !== 96) {
      await assert.rejects(opened, { code: 'InvalidInput' })
      return 'ivSize'
    }
    if (vector.result !== 'valid') {
      await assert.rejects(opened, failed)
      return 'passed'
    }
    assert.deepEqual(Buffer.from(await opened), plaintext)
    const sealed = await provider.encrypt(handle, algorithm, { ...beside, plaintext })
    assert.deepEqual(Buffer.from(sealed.ciphertext), ciphertext)
    assert.deepEqual(Buffer.from(sealed.tag ?? []), tag)
    return 'passed'
  }
}

/** A group of AES-CBC with padding, both ways. */
export async function cbcGroup(provider: Provider, group: Group): Promise<Run> {
  const algorithm = aesAlgorithm(group, (row) => 'mode' in row && row.mode === 'cbc' && row.padded)
  if (algorithm === undefined) return async () => 'keySize'
  return async (vector) => {
    const handle = await octHandle(provider, hex(vector, 'key'))
    const [plaintext, ciphertext, iv] = [hex(vector, 'msg'), hex(vector, 'ct'), hex(vector, 'iv')]
    const opened = provider.decrypt(handle, algorithm, { ciphertext, iv })
    if (vector.result !== 'valid') {
      await assert.rejects(opened, failed)
      return 'passed'
    }
    assert.deepEqual(Buffer.from(await opened), plaintext)
    const encrypted = await provider.encrypt(handle, algorithm, { plaintext, iv })
    assert.deepEqual(Buffer.from(encrypted.ciphertext), ciphertext)
    return 'passed'
  }
}

/** A group of AES key wrapping, both ways; the padded kind is not offered. */
export async function keyWrapGroup(provider: Provider, group: Group, file: string): Promise<Run> {
  if (file !== 'aes_wrap') return async () => 'algorithm'
  const [algorithm] = WRAP_ROWS.find(([, row]) => 'keyBytes' in row && row.keyBytes * 8 === group['keySize']) ?? []
  if (algorithm === undefined) return async () => 'keySize'
  return async (vector) => {
    const handle = await octHandle(provider, hex(vector, 'key'))
    const [plaintext, ciphertext] = [hex(vector, 'msg'), hex(vector, 'ct')]
    const opened = provider.unwrap(handle, algorithm, { ciphertext })
    if (vector.result !== 'valid') {
      await assert.rejects(opened, failed)
      return 'passed'
    }
    assert.deepEqual(Buffer.from(await opened), plaintext)
    const wrapped = await provider.wrap(handle, algorithm, { plaintext })
    assert.deepEqual(Buffer.from(wrapped.ciphertext), ciphertext)
    return 'passed'
  }
}

/** A group of OAEP ciphertexts. */
export async function oaepGroup(provider: Provider, group: Group): Promise<Run> {
  const hash = text(group, 'sha').toLowerCase().replace('-', '')
  const [algorithm] = ENCRYPTION_ROWS.find(([, row]) => row.keyType === 'RSA' && row.padding === 'oaep' && row.hash === hash) ?? []
  if (algorithm === undefined) return async () => 'hash'
  if (group['mgfSha'] !== group['sha']) return async () => 'maskHash'
  const handle = await privateHandle(provider, group)
  return async (vector) => {
    const opened = provider.decrypt(handle, algorithm, { ciphertext: hex(vector, 'ct') })
    if (text(vector, 'label') !== '') {
      await assert.rejects(opened, failed)
      return 'label'
    }
    if (vector.result === 'valid') assert.deepEqual(Buffer.from(await opened), hex(vector, 'msg'))
    else await assert.rejects(opened, failed)
    return 'passed'
  }
}

/**
 * A group of PKCS#1 v1.5 ciphertexts. A wrong padding gives no fault but octets that look random, the
 * same each time (implicit rejection); only what is no ciphertext at all gives one.
 */
export async function pkcs1Group(provider: Provider, group: Group): Promise<Run> {
  const handle = writtenHandle(group)
  return async (vector) => {
    const ciphertext = hex(vector, 'ct')
    const open = (): Promise<Uint8Array> => provider.decrypt(handle, 'RSA1_5', { ciphertext })
    if (vector.result === 'valid') {
      assert.deepEqual(Buffer.from(await open()), hex(vector, 'msg'))
    } else if (hasFlag(vector, 'InvalidPkcs1Padding')) {
      const [once, again] = [await open(), await open()]
      assert.deepEqual(Buffer.from(once), Buffer.from(again))
      if (once.byteLength > 0) assert.notDeepEqual(Buffer.from(once), hex(vector, 'msg'))
    } else {
      await assert.rejects(open(), failed)
    }
    return 'passed'
  }
}

function aesAlgorithm(
  group: Group,
  isOf: (row: EncryptionRow) => boolean,
): EncryptionAlgorithm | undefined {
  const found = ENCRYPTION_ROWS.find(
    ([, row]) => isOf(row) && row.keyType === 'oct' && row.keyBytes * 8 === group['keySize'],
  )
  return found?.[0]
}
