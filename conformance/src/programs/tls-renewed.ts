import assert from 'node:assert/strict'
import { type KeyObject, X509Certificate } from 'node:crypto'
import { DefaultAzureCredential } from '@azure/identity'
import { CertificateClient } from '@azure/keyvault-certificates'
import { collect } from './collect.ts'
import { step, variable } from './step.ts'
import { TLS_CASES } from './tls-cases.ts'

// Compares what was renewed with what was there before.

const client = new CertificateClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())

/** The two versions, the older first. */
async function versionsOf(name: string): Promise<[X509Certificate, X509Certificate]> {
  const listed = await collect(client.listPropertiesOfCertificateVersions(name))
  const found = await Promise.all(
    listed.map(async ({ version = '' }) => {
      const { cer } = await client.getCertificateVersion(name, version)
      assert.ok(cer)
      return new X509Certificate(cer)
    }),
  )
  const [older, newer, ...more] = found.sort((one, other) => timeOf(one) - timeOf(other))
  assert.ok(older !== undefined && newer !== undefined && more.length === 0, `${found.length}`)
  return [older, newer]
}

function timeOf({ validTo }: X509Certificate): number {
  return Date.parse(validTo)
}

function numbersOf(key: KeyObject): unknown {
  return key.export({ format: 'jwk' })
}

for (const { name, reuseKey } of TLS_CASES) {
  await step(`${name}: renewed once, ${reuseKey ? 'with its key' : 'with another key'}`, async () => {
    const [older, newer] = await versionsOf(name)
    assert.notEqual(newer.serialNumber, older.serialNumber)
    assert.equal(newer.subject, older.subject)
    assert.equal(newer.subjectAltName, older.subjectAltName)
    assert.equal(newer.issuer, older.issuer)
    assert.ok(timeOf(newer) - timeOf(older) > 20 * 86_400_000)
    const [before, after] = [numbersOf(older.publicKey), numbersOf(newer.publicKey)]
    if (reuseKey) assert.deepEqual(after, before)
    else assert.notDeepEqual(after, before)
  })
}

console.log('done')
