import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type SecureContextOptions } from 'node:tls'
import { DefaultAzureCredential } from '@azure/identity'
import {
  CertificateClient,
  DefaultCertificatePolicy,
  type CertificatePolicy,
} from '@azure/keyvault-certificates'
import { KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { collect } from './collect.ts'
import { refused } from './refused.ts'
import { step, variable } from './step.ts'

// The official client of certificates, as a user would write it: `connect.env` alone configures it.

const url = variable('AZURE_KEYVAULT_URL')
const credential = new DefaultAzureCredential()
const client = new CertificateClient(url, credential)
const secrets = new SecretClient(url, credential)
const keys = new KeyClient(url, credential)
const prefix = `js-certificates-${process.versions.node.split('.')[0]}`

/** Polls that need not wait as long as the client's default of two seconds. */
const quickly = { intervalInMs: 50 }

const policy: CertificatePolicy = {
  issuerName: 'Self',
  subject: 'CN=localhost',
  subjectAlternativeNames: {
    dnsNames: ['localhost'],
    emails: ['a@example.com'],
    userPrincipalNames: ['user@example.com'],
  },
  keyType: 'EC',
  keyCurveName: 'P-256',
  contentType: 'application/x-pem-file',
}

async function create(name: string): Promise<void> {
  await (await client.beginCreateCertificate(name, policy, quickly)).pollUntilDone()
}

/** A server that runs on this, and a client that trusts that certificate alone. */
async function servesTls(context: SecureContextOptions, ca: string): Promise<void> {
  const server = createServer(context, (socket) => socket.end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  const peer = connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
  await once(peer, 'secureConnect')
  assert.equal(peer.authorized, true)
  peer.destroy()
  server.close()
}

await step('creates a certificate by the default policy of the client', async () => {
  const name = `${prefix}-default`
  const poller = await client.beginCreateCertificate(name, DefaultCertificatePolicy, quickly)
  const made = await poller.pollUntilDone()
  assert.ok(made.cer)
  assert.equal(new X509Certificate(made.cer).subject, 'CN=MyCert')
  assert.equal(made.policy?.keySize, 2048)
  assert.equal(made.policy?.contentType, 'application/x-pkcs12')
})

await step('a server runs on the PEM of the secret', async () => {
  const name = `${prefix}-pem`
  await create(name)
  const { value = '', properties } = await secrets.getSecret(name)
  assert.equal(properties.contentType, 'application/x-pem-file')
  assert.ok(new X509Certificate(value).checkPrivateKey(createPrivateKey(value)))
  await servesTls({ key: value, cert: value }, value)
})

await step('a server runs on the PKCS #12 of the secret', async () => {
  const name = `${prefix}-pkcs12`
  const wanted: CertificatePolicy = { ...policy, contentType: 'application/x-pkcs12' }
  const made = await (await client.beginCreateCertificate(name, wanted, quickly)).pollUntilDone()
  const { value = '' } = await secrets.getSecret(name)
  const pfx = Buffer.from(value, 'base64')
  await servesTls({ pfx, passphrase: '' }, new X509Certificate(made.cer ?? '').toString())
})

await step('key and secret are those of the certificate, and are ruled by it', async () => {
  const name = `${prefix}-faces`
  await create(name)
  const certificate = await client.getCertificate(name)
  const { version } = certificate.properties
  const key = await keys.getKey(name)
  assert.equal(key.properties.version, version)
  assert.equal(key.properties.managed, true)
  assert.equal(certificate.keyId, key.id)
  assert.equal((await secrets.getSecret(name)).properties.managed, true)
  await refused(keys.beginDeleteKey(name), 403, 'Forbidden')
  await refused(secrets.beginDeleteSecret(name), 403, 'Forbidden')
})

await step('updates properties and policy', async () => {
  const name = `${prefix}-updated`
  await create(name)
  const { version } = (await client.getCertificate(name)).properties
  assert.ok(version)
  const updated = await client.updateCertificateProperties(name, version, { tags: { a: 'b' } })
  assert.deepEqual(updated.properties.tags, { a: 'b' })
  const changed = { ...policy, validityInMonths: 3 }
  // This client gives nothing back of what it has changed.
  await client.updateCertificatePolicy(name, changed)
  assert.equal((await client.getCertificatePolicy(name)).validityInMonths, 3)
})

await step('lists certificates and versions', async () => {
  const name = `${prefix}-listed`
  await create(name)
  await create(name)
  const versions = await collect(client.listPropertiesOfCertificateVersions(name))
  assert.equal(versions.length, 2)
  const all = await collect(client.listPropertiesOfCertificates())
  assert.ok(all.some((one) => one.name === name))
})

await step('deletes, recovers and purges', async () => {
  const name = `${prefix}-deleted`
  await create(name)
  const deleted = await (await client.beginDeleteCertificate(name, quickly)).pollUntilDone()
  assert.ok(deleted.recoveryId)
  await refused(client.getCertificate(name), 404, 'CertificateNotFound')
  const listed = await collect(client.listDeletedCertificates())
  assert.ok(listed.some((one) => one.name === name))
  await (await client.beginRecoverDeletedCertificate(name, quickly)).pollUntilDone()
  assert.ok((await secrets.getSecret(name)).value)
  await (await client.beginDeleteCertificate(name, quickly)).pollUntilDone()
  await client.purgeDeletedCertificate(name)
  await refused(client.getDeletedCertificate(name), 404, 'CertificateNotFound')
})

await step('a request is made, cancelled and deleted', async () => {
  const name = `${prefix}-requested`
  await client.beginCreateCertificate(name, { ...policy, issuerName: 'Unknown' }, quickly)
  const poller = await client.getCertificateOperation(name, quickly)
  const operation = poller.getOperationState().certificateOperation
  assert.ok(operation?.csr)
  assert.equal(operation.status, 'inProgress')
  await refused(client.mergeCertificate(name, [Buffer.from('AAAA', 'base64')]), 400)
  await poller.cancelOperation()
  const remover = await client.deleteCertificateOperation(name)
  assert.equal(remover.name, name)
})

await step('imports PEM and PKCS #12, and refuses what is none', async () => {
  const source = `${prefix}-source`
  await create(source)
  const { value = '' } = await secrets.getSecret(source)
  const pem = { policy: { contentType: 'application/x-pem-file' } } as const
  const imported = await client.importCertificate(`${prefix}-pem-in`, Buffer.from(value), pem)
  assert.ok(imported.cer)
  const wanted: CertificatePolicy = { ...policy, contentType: 'application/x-pkcs12' }
  await (await client.beginCreateCertificate(source, wanted, quickly)).pollUntilDone()
  const file = (await secrets.getSecret(source)).value ?? ''
  const again = await client.importCertificate(`${prefix}-pfx-in`, Buffer.from(file, 'base64'))
  assert.ok(again.cer)
  const nothing = Buffer.from('nothing')
  await refused(client.importCertificate(`${prefix}-none`, nothing), 400, 'BadParameter')
})

await step('backs up and restores', async () => {
  const name = `${prefix}-backup`
  await create(name)
  const before = await client.getCertificate(name)
  const backup = await client.backupCertificate(name)
  assert.ok(backup)
  await (await client.beginDeleteCertificate(name, quickly)).pollUntilDone()
  await client.purgeDeletedCertificate(name)
  const restored = await client.restoreCertificateBackup(backup)
  assert.equal(restored.id, before.id)
  assert.ok((await secrets.getSecret(name)).value)
})

await step('keeps contacts and issuers', async () => {
  const contacts = [{ email: 'a@example.com', name: 'A', phone: '1' }]
  await client.setContacts(contacts)
  assert.equal((await client.getContacts())?.[0]?.email, 'a@example.com')
  await client.deleteContacts()
  await refused(client.getContacts(), 404, 'ContactsNotFound')
  const name = `${prefix}-issuer`
  await client.createIssuer(name, 'Test', { accountId: 'account', password: variable('CANARY') })
  assert.equal((await client.getIssuer(name)).provider, 'Test')
  await client.updateIssuer(name, { provider: 'Other' })
  const listed = await collect(client.listPropertiesOfIssuers())
  // This client reads no name from what it lists.
  assert.ok(listed.some(({ id }) => id?.endsWith(`/issuers/${name}`)))
  await client.deleteIssuer(name)
  await refused(client.getIssuer(name), 404, 'CertificateIssuerNotFound')
})

console.log('done')
