import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { createAuthority } from './certificate-authority.ts'
import { writeTrustBundle } from './trust-bundle.ts'

test('ca.pem holds our CA, and the bundle the public roots besides', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-trust-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const { certificatePem } = await createAuthority(Date.now())
  const { caFile, bundleFile } = await writeTrustBundle(folder, certificatePem)
  await writeTrustBundle(folder, certificatePem)
  assert.equal(readFileSync(caFile, 'utf8').trim(), certificatePem.trim())
  const bundle = readFileSync(bundleFile, 'utf8')
  assert.ok(bundle.startsWith(certificatePem.trim()))
  const count = bundle.split('-----BEGIN CERTIFICATE-----').length - 1
  assert.ok(count > 20, `only ${count} certificates`)
  const entries = bundle.split(/(?<=-----END CERTIFICATE-----\n)/)
  assert.equal(new Set(entries).size, entries.length)
  assert.equal(statSync(bundleFile).mode & 0o777, 0o644)
  assert.deepEqual(readdirSync(folder).sort(), ['ca-bundle.pem', 'ca.pem'])
  // Node itself parses every entry.
  const before = getCACertificates('default')
  setDefaultCACertificates([bundle])
  setDefaultCACertificates(before)
})

test('with SSL_CERT_FILE set, its roots are kept, and a former CA of ours is not', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-trust-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const [former, present] = [await createAuthority(Date.now()), await createAuthority(Date.now())]
  const [root] = getCACertificates('bundled')
  assert.ok(root !== undefined)
  const sourced = join(folder, 'sourced.pem')
  writeFileSync(sourced, `${former.certificatePem}\n${root}\n`)
  // Node reads the variable once, so this needs a process of its own.
  const program = `
    import { writeTrustBundle } from ${JSON.stringify(import.meta.resolve('./trust-bundle.ts'))}
    await writeTrustBundle(${JSON.stringify(folder)}, ${JSON.stringify(present.certificatePem)})`
  const options = ['--conditions=claviger-source', '--input-type=module', '--eval', program]
  execFileSync(process.execPath, options, {
    env: { ...process.env, SSL_CERT_FILE: sourced, SSL_CERT_DIR: folder },
    cwd: import.meta.dirname,
  })
  // Node breaks the lines of what it reads elsewhere than its own list does.
  const bundle = unbroken(readFileSync(join(folder, 'ca-bundle.pem'), 'utf8'))
  assert.ok(bundle.includes(unbroken(present.certificatePem)))
  assert.ok(bundle.includes(unbroken(root)))
  assert.ok(!bundle.includes(unbroken(former.certificatePem)))
})

function unbroken(pem: string): string {
  return pem.replaceAll('\n', '')
}
