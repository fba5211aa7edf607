import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DefaultAzureCredential } from '@azure/identity'
import { CertificateClient, type CertificatePolicy } from '@azure/keyvault-certificates'
import { KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { step, variable } from './step.ts'

// Makes a private CA and certificates by it, and writes them into the folder PKI_FOLDER: `root.pem`,
// `ca.pem`, and for each certificate `<name>.pem` as its secret has it, with its key and its chain.

const url = variable('AZURE_KEYVAULT_URL')
const credential = new DefaultAzureCredential()
const client = new CertificateClient(url, credential)
const secrets = new SecretClient(url, credential)
const keys = new KeyClient(url, credential)

const common = {
  issuerName: 'corp',
  subject: 'CN=localhost',
  subjectAlternativeNames: { dnsNames: ['localhost'] as [string] },
  contentType: 'application/x-pem-file',
} as const

/** What is asked of the authority, by the name of the certificate. */
const WANTED: Readonly<Record<string, CertificatePolicy>> = {
  kept: { ...common, keyType: 'EC', keyCurveName: 'P-256' },
  withdrawn: { ...common, keyType: 'EC', keyCurveName: 'P-256' },
  lost: { ...common, keyType: 'EC', keyCurveName: 'P-384' },
  'kept-rsa': { ...common, keyType: 'RSA', keySize: 2048 },
}

function write(name: string, text: string): void {
  writeFileSync(join(variable('PKI_FOLDER'), `${name}.pem`), text)
}

async function publicPem(name: string): Promise<string> {
  const { cer } = await client.getCertificate(name)
  assert.ok(cer)
  return new X509Certificate(cer).toString()
}

await step('an issuer of the provider Claviger brings a root and an authority below it', async () => {
  await client.createIssuer('corp', 'Claviger', { organizationId: 'Example' })
  const [root, ca] = [await publicPem('corp-root'), await publicPem('corp-ca')]
  write('root', root)
  write('ca', ca)
  const authority = new X509Certificate(ca)
  assert.equal(authority.issuer, new X509Certificate(root).subject)
  assert.equal(authority.ca, true)
})

await step('the keys of both do not leave the vault', async () => {
  for (const name of ['corp-root', 'corp-ca']) {
    const { value = '' } = await secrets.getSecret(name)
    assert.ok(value.includes('CERTIFICATE') && !value.includes('PRIVATE'), name)
    assert.equal((await keys.getKey(name)).properties.exportable ?? false, false)
  }
})

for (const [name, wanted] of Object.entries(WANTED)) {
  await step(`${name} is issued, and its secret has the chain without the root`, async () => {
    const poller = await client.beginCreateCertificate(name, wanted, { intervalInMs: 50 })
    await poller.pollUntilDone()
    const { value = '' } = await secrets.getSecret(name)
    const blocks = value.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    const [leaf, ca, ...more] = blocks.map((one) => new X509Certificate(one))
    assert.ok(leaf !== undefined && ca !== undefined && more.length === 0, `${blocks.length}`)
    assert.equal(ca.toString(), await publicPem('corp-ca'))
    assert.ok(leaf.checkIssued(ca) && leaf.verify(ca.publicKey))
    write(name, value)
  })
}

console.log('done')
