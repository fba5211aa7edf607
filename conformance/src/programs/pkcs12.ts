import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DefaultAzureCredential } from '@azure/identity'
import { CertificateClient } from '@azure/keyvault-certificates'
import { SecretClient } from '@azure/keyvault-secrets'
import { refused } from './refused.ts'
import { step, variable } from './step.ts'

// Imports the PKCS #12 files that PKCS12_FILES, a file of JSON, lists, and writes what the vault then
// gives for each into the folder PKCS12_OUT.

interface File {
  readonly what: string
  readonly name: string
  readonly path: string
  readonly password: string
  readonly certificate: string
}

const url = variable('AZURE_KEYVAULT_URL')
const credential = new DefaultAzureCredential()
const client = new CertificateClient(url, credential)
const secrets = new SecretClient(url, credential)
// Written by the suite that starts this program.
const files = JSON.parse(readFileSync(variable('PKCS12_FILES'), 'utf8')) as File[]

for (const { what, name, path, password, certificate } of files) {
  const bytes = readFileSync(path)
  await step(`imports a file of ${what}`, async () => {
    const options = password === '' ? {} : { password }
    const { cer } = await client.importCertificate(name, bytes, options)
    assert.ok(cer)
    const wanted = new X509Certificate(certificate).fingerprint256
    assert.equal(new X509Certificate(cer).fingerprint256, wanted)
    const { value = '', properties } = await secrets.getSecret(name)
    assert.equal(properties.contentType, 'application/x-pkcs12')
    writeFileSync(join(variable('PKCS12_OUT'), `${name}.p12`), Buffer.from(value, 'base64'))
  })
  if (password === '') continue
  await step(`refuses a file of ${what} with another password`, async () => {
    const options = { password: `${password}.` }
    await refused(client.importCertificate(`${name}-no`, bytes, options), 400, 'BadParameter')
    await refused(client.importCertificate(`${name}-no`, bytes), 400, 'BadParameter')
  })
}

console.log('done')
