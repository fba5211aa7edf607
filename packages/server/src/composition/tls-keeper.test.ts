import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { isFault } from '@claviger/vault'
import { memoryVault } from '@claviger/vault/testing'
import { readConfig } from '../config.ts'
import { TlsKeeper, type TlsState } from './tls-keeper.ts'

async function keeperIn(context: TestContext, settings: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-tls-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const memory = await memoryVault()
  const config = readConfig({ CLAVIGER_DATA_DIR: folder, ...settings })
  return { memory, folder, keeper: new TlsKeeper(memory.vault, config, memory.clock) }
}

function certificatesOf({ keyPair }: TlsState): readonly X509Certificate[] {
  const pems = keyPair.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  return pems.map((pem) => new X509Certificate(pem))
}

test('a replaced CA issues the certificate anew, is the one to trust, and stays', async (context) => {
  const { keeper, folder, memory } = await keeperIn(context)
  const [, before] = certificatesOf(await keeper.current())
  await keeper.replaceAuthority(memory.administrator)
  const entry = (await memory.audit()).findLast(({ properties }) => properties.id === 'tls/authority')
  assert.notEqual(entry?.properties.decidedBy, 'system')
  const state = await keeper.current()
  const [leaf, authority] = certificatesOf(state)
  assert.ok(leaf && authority && before)
  assert.notEqual(authority.fingerprint256, before.fingerprint256)
  assert.ok(leaf.verify(authority.publicKey) && !leaf.verify(before.publicKey))
  const trusted = new X509Certificate(readFileSync(join(folder, 'ca.pem')))
  assert.equal(trusted.fingerprint256, authority.fingerprint256)
  assert.equal((await keeper.current()).keyPair.certificate, state.keyPair.certificate)
})

test('only the operator may replace the CA', async (context) => {
  const { keeper, memory } = await keeperIn(context)
  const { certificate } = (await keeper.current()).keyPair
  const replacing = keeper.replaceAuthority(memory.stranger)
  await assert.rejects(replacing, (thrown) => isFault(thrown, 'AccessDenied'))
  assert.equal((await keeper.current()).keyPair.certificate, certificate)
})

test('there is no CA to replace where the operator has a certificate of his own', async (context) => {
  const files = { CLAVIGER_TLS_CERT_FILE: '/none.pem', CLAVIGER_TLS_KEY_FILE: '/none.key' }
  const { keeper, memory } = await keeperIn(context, files)
  const replacing = keeper.replaceAuthority(memory.administrator)
  await assert.rejects(replacing, (thrown) => isFault(thrown, 'InvalidInput'))
})
