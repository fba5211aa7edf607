import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answeredId, parseKeyVaultKeyIdentifier, partsOfId, partsOfKeyUrl } from './object-id.ts'

const VAULT = 'https://v.vault.azure.net'

describe('the id of an object', () => {
  const ids = {
    [`${VAULT}/keys/k`]: [VAULT, 'k', undefined],
    [`${VAULT}/keys/k/`]: [VAULT, 'k', undefined],
    [`${VAULT}/keys/k/1`]: [VAULT, 'k', '1'],
    [`${VAULT}/keys/keys`]: [VAULT, 'keys', undefined],
    [`${VAULT}/keys/keys/1`]: [VAULT, 'keys', '1'],
    [`${VAULT}/deletedkeys/k`]: [VAULT, 'k', undefined],
  } as const
  for (const [id, expected] of Object.entries(ids)) {
    it(`has its parts in ${id}`, () => {
      const { sourceId, vaultUrl, name, version } = parseKeyVaultKeyIdentifier(id)
      assert.deepEqual([vaultUrl, name, version], expected)
      assert.equal(sourceId, id)
      assert.deepEqual(partsOfKeyUrl(id), parseKeyVaultKeyIdentifier(id))
    })
  }

  it('may stand beneath the path of a gateway in an answer, and nowhere else', () => {
    const id = 'https://gateway.example/a/b/keys/k/1'
    const { vaultUrl, name, version } = answeredId(id, /keys$/)
    assert.deepEqual([vaultUrl, name, version], ['https://gateway.example/a/b', 'k', '1'])
    assert.equal(partsOfKeyUrl(id).vaultUrl, 'https://gateway.example/a/b')
    assert.equal(partsOfId(id, /keys$/), undefined)
    assert.throws(() => parseKeyVaultKeyIdentifier(id), TypeError)
  })

  for (const id of ['', 'keys/k', `${VAULT}/`, `${VAULT}/keys`, `${VAULT}/secrets/s`, 7]) {
    it(`is not ${id}`, () => {
      assert.equal(partsOfId(id, /^(deleted)?keys$/), undefined)
      assert.throws(() => answeredId(id, /^(deleted)?keys$/), { code: 'NoObjectId' })
    })
  }

  it('has no more than a version', () => {
    assert.equal(partsOfId(`${VAULT}/keys/k/1/2`, /^keys$/), undefined)
    assert.throws(() => partsOfKeyUrl(`${VAULT}/keys/k/1/sign`), TypeError)
  })
})
