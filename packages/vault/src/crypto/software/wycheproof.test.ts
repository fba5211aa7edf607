import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ENCRYPTIONS, SIGNATURES, WRAPS } from '../algorithms.ts'
import { REASONS, type Outcome, type Reason } from '../../testing/wycheproof/outcome.ts'
import { runVectors } from '../../testing/wycheproof/run-vectors.ts'
import { parseVectors } from '../../testing/wycheproof/vector-file.ts'
import { SoftwareProvider } from './software-provider.ts'

// The vectors of C2SP/wycheproof, when they are there: CLAVIGER_VECTORS_DIR names a checkout, or a
// folder that holds the files in a folder of its own.
const root = join(import.meta.dirname, '../../../../..')
const given = process.env['CLAVIGER_VECTORS_DIR'] ?? join(root, '../shared/vectors')
const folder = [join(given, 'wycheproof'), join(given, 'testvectors_v1'), given].find((path) =>
  existsSync(join(path, 'aes_gcm_test.json')),
)

/** The files that are run, and why some of their vectors may be none of the vault's. */
const FILES: Readonly<Record<string, readonly Reason[]>> = {
  aes_cbc_pkcs5: [],
  aes_gcm: ['ivSize'],
  aes_kwp: ['algorithm'],
  aes_wrap: [],
  ecdsa_secp256k1_sha256_p1363: [],
  ecdsa_secp256k1_sha256: ['encoding'],
  ecdsa_secp256k1_sha512_p1363: [],
  ecdsa_secp256k1_sha512: ['encoding'],
  ecdsa_secp256r1_sha256_p1363: [],
  ecdsa_secp256r1_sha256: ['encoding'],
  ecdsa_secp256r1_sha512_p1363: [],
  ecdsa_secp256r1_sha512: ['encoding'],
  ecdsa_secp384r1_sha256: ['encoding'],
  ecdsa_secp384r1_sha384_p1363: [],
  ecdsa_secp384r1_sha384: ['encoding'],
  ecdsa_secp384r1_sha512_p1363: [],
  ecdsa_secp384r1_sha512: ['encoding'],
  ecdsa_secp521r1_sha512_p1363: [],
  ecdsa_secp521r1_sha512: ['encoding'],
  hmac_sha256: ['tagSize', 'macKey'],
  hmac_sha384: ['tagSize', 'macKey'],
  hmac_sha512: ['tagSize', 'macKey'],
  json_web_crypto: ['jose', 'algorithm', 'keySize'],
  json_web_encryption: ['jose', 'algorithm'],
  json_web_key: ['jose'],
  json_web_signature: ['jose', 'contradiction'],
  rsa_oaep_2048_sha1_mgf1sha1: ['label'],
  rsa_oaep_2048_sha256_mgf1sha1: ['maskHash'],
  rsa_oaep_2048_sha256_mgf1sha256: ['label'],
  rsa_oaep_3072_sha256_mgf1sha1: ['maskHash'],
  rsa_oaep_3072_sha256_mgf1sha256: ['label'],
  rsa_oaep_4096_sha256_mgf1sha1: ['maskHash'],
  rsa_oaep_4096_sha256_mgf1sha256: ['label'],
  rsa_pkcs1_2048: [],
  rsa_pkcs1_2048_sig_gen: ['hash', 'exponent'],
  rsa_pkcs1_3072: [],
  rsa_pkcs1_3072_sig_gen: ['exponent'],
  rsa_pkcs1_4096: [],
  rsa_pkcs1_4096_sig_gen: [],
  rsa_pss_2048_sha256_mgf1_0: ['salt'],
  rsa_pss_2048_sha256_mgf1_32: [],
  rsa_pss_2048_sha384_mgf1_48: [],
  rsa_pss_3072_sha256_mgf1_32: [],
  rsa_pss_4096_sha256_mgf1_32: [],
  rsa_pss_4096_sha384_mgf1_48: [],
  rsa_pss_4096_sha512_mgf1_32: ['salt'],
  rsa_pss_4096_sha512_mgf1_64: [],
  rsa_signature_2048_sha256: [],
  rsa_signature_2048_sha384: [],
  rsa_signature_2048_sha512: [],
  rsa_signature_3072_sha256: [],
  rsa_signature_3072_sha384: [],
  rsa_signature_3072_sha512: [],
  rsa_signature_4096_sha256: [],
  rsa_signature_4096_sha384: [],
  rsa_signature_4096_sha512: [],
}

describe('the vectors of Wycheproof', () => {
  const totals = new Map<Outcome, number>()
  let provider: SoftwareProvider
  before(async () => {
    provider = await SoftwareProvider.open()
  })
  after(() => provider.close())

  it('that a row of the table names are among those that are run', () => {
    const rows = [SIGNATURES, ENCRYPTIONS, WRAPS].flatMap((table) => Object.values(table))
    const named = rows.flatMap(({ vectors }): readonly string[] => vectors)
    assert.deepEqual(
      named.filter((name) => !(name in FILES)),
      [],
    )
  })

  if (folder === undefined) {
    const skip = 'set CLAVIGER_VECTORS_DIR to a checkout of C2SP/wycheproof to run them'
    for (const name of Object.keys(FILES)) it(`${name} were not run`, { skip }, () => undefined)
    return
  }

  it('of other files are for algorithms that the vault does not have', (t) => {
    const names = readdirSync(folder).flatMap((file) => (file.endsWith('_test.json') ? [file.slice(0, -10)] : []))
    const others = names.filter((name) => !(name in FILES))
    if (others.length > 0) t.diagnostic(`${REASONS.algorithm}: ${others.join(', ')}`)
  })

  for (const [name, reasons] of Object.entries(FILES)) {
    it(`${name} pass, or are none of the vault’s for a reason`, async () => {
      const file = parseVectors(name, readFileSync(join(folder, `${name}_test.json`), 'utf8'))
      const tally = await runVectors(provider, file)
      const { passed = 0, ...others } = Object.fromEntries(tally)
      assert.deepEqual(new Set(Object.keys(others)), new Set(reasons))
      const all = file.groups.reduce((sum, { tests }) => sum + tests.length, 0)
      assert.equal(
        Object.values(others).reduce((sum, count) => sum + count, passed),
        all,
      )
      for (const [outcome, count] of tally) totals.set(outcome, (totals.get(outcome) ?? 0) + count)
    })
  }

  it('are told of: how many passed, and why the others are not for the vault', (t) => {
    for (const [outcome, count] of totals) {
      t.diagnostic(outcome === 'passed' ? `${count} passed` : `${count} not run: ${REASONS[outcome]}`)
    }
  })
})
