import type { CertificatePolicy } from '@claviger/client/azure'
import { type Behaviour, failure, listed, octetsOf, quickly } from './behaviour.ts'

const selfSigned: CertificatePolicy = {
  issuerName: 'Self',
  subject: 'CN=client.example',
  subjectAlternativeNames: { dnsNames: ['client.example'], emails: ['a@client.example'] },
  keyType: 'RSA',
  keySize: 2048,
  keyUsage: ['digitalSignature'],
  enhancedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  validityInMonths: 6,
  reuseKey: false,
  exportable: true,
  contentType: 'application/x-pkcs12',
  lifetimeActions: [{ action: 'AutoRenew', lifetimePercentage: 70 }],
}

/** What is done with certificates, issuers and contacts. */
export const CERTIFICATE_BEHAVIOURS: readonly Behaviour[] = [
  {
    what: 'a certificate is made and read',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}-certificate`
      const poller = await certificates.beginCreateCertificate(name, selfSigned, {
        ...quickly,
        tags: { a: 'b' },
      })
      const made = await poller.pollUntilDone()
      const { version = '' } = made.properties
      return [
        made,
        poller.getOperationState().certificateName,
        await certificates.getCertificate(name),
        await certificates.getCertificateVersion(name, version),
      ]
    },
  },
  {
    what: 'a certificate of the least policy is made',
    run: async ({ certificates, prefix }) => {
      const policy = { issuerName: 'Self', subject: 'cn=MyCert' }
      const name = `${prefix}-least`
      return (await certificates.beginCreateCertificate(name, policy, quickly)).pollUntilDone()
    },
  },
  {
    what: 'a certificate and its policy are changed',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}-certificate`
      const { properties } = await certificates.getCertificate(name)
      return [
        await certificates.updateCertificateProperties(name, properties.version ?? '', {
          tags: { c: 'd' },
          enabled: false,
        }),
        await certificates.getCertificatePolicy(name),
        // What the official client gives of the change itself is always empty.
        void (await certificates.updateCertificatePolicy(name, {
          ...selfSigned,
          validityInMonths: 8,
        })),
        await certificates.getCertificatePolicy(name),
      ]
    },
  },
  {
    what: 'a request waits for its signature, is cancelled and forgotten',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}-request`
      const policy: CertificatePolicy = { issuerName: 'Unknown', subject: 'CN=request.example' }
      const poller = await certificates.beginCreateCertificate(name, policy, quickly)
      const conflict = await failure(certificates.beginCreateCertificate(name, policy, quickly))
      const again = await certificates.getCertificateOperation(name, quickly)
      const merged = await failure(certificates.mergeCertificate(name, [new Uint8Array([48, 0])]))
      await again.cancelOperation()
      const cancelled = again.getOperationState()
      const forgotten = await certificates.deleteCertificateOperation(name)
      return [
        poller.isDone(),
        conflict,
        merged,
        cancelled.isCancelled,
        forgotten,
        await failure(certificates.deleteCertificateOperation(name)),
      ]
    },
  },
  {
    what: 'a certificate is imported as the file that another one has',
    run: async ({ certificates, secrets, prefix }) => {
      const { value = '' } = await secrets.getSecret(`${prefix}-least`)
      const file = octetsOf(value)
      return [
        await certificates.importCertificate(`${prefix}-imported`, file, { tags: { a: 'b' } }),
        await failure(certificates.importCertificate(`${prefix}-imported`, file.subarray(9))),
      ]
    },
  },
  {
    what: 'certificates and their versions are listed',
    run: async ({ certificates, prefix }) => [
      await listed(
        certificates.listPropertiesOfCertificates({ includePending: true }) as AsyncIterable<{
          readonly name: string
        }>,
        prefix,
      ),
      await listed(certificates.listPropertiesOfCertificateVersions(`${prefix}-least`), prefix),
    ],
  },
  {
    what: 'a certificate is deleted, found, listed, recovered and purged',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}-least`
      const deleting = await certificates.beginDeleteCertificate(name, quickly)
      const deleted = await deleting.pollUntilDone()
      const found = await certificates.getDeletedCertificate(name)
      const all = await listed(certificates.listDeletedCertificates(), name)
      const recovering = await certificates.beginRecoverDeletedCertificate(name, quickly)
      const recovered = await recovering.pollUntilDone()
      await (await certificates.beginDeleteCertificate(name, quickly)).pollUntilDone()
      await certificates.purgeDeletedCertificate(name)
      return [deleted, found, all, recovered, await failure(certificates.getCertificate(name))]
    },
  },
  {
    what: 'a certificate is backed up and restored',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}-imported`
      const backup = (await certificates.backupCertificate(name)) ?? new Uint8Array()
      const refused = await failure(certificates.restoreCertificateBackup(backup))
      await (await certificates.beginDeleteCertificate(name, quickly)).pollUntilDone()
      await certificates.purgeDeletedCertificate(name)
      return [refused, await certificates.restoreCertificateBackup(backup)]
    },
  },
  {
    what: 'contacts are set, read and removed',
    run: async ({ certificates }) => [
      await certificates.setContacts([{ email: 'a@b.example', name: 'a', phone: '1' }]),
      await certificates.getContacts(),
      // The official client always gives an empty list of those that were removed.
      void (await certificates.deleteContacts()),
      await failure(certificates.getContacts()),
    ],
  },
  {
    what: 'an issuer is set, changed, read, listed and removed',
    run: async ({ certificates, prefix }) => {
      const name = `${prefix}issuer`
      const set = await certificates.createIssuer(name, 'Test', {
        accountId: 'account',
        password: 'a password',
        organizationId: 'organization',
        administratorContacts: [
          { firstName: 'A', lastName: 'B', email: 'a@b.example', phone: '1' },
        ],
        enabled: true,
      })
      const organizationId = 'another'
      const changed = await certificates.updateIssuer(name, { provider: 'Test', organizationId })
      const read = await certificates.getIssuer(name)
      const all: unknown[] = []
      for await (const { id, provider } of certificates.listPropertiesOfIssuers()) {
        if (id?.endsWith(name)) all.push({ id, provider })
      }
      const removed = await certificates.deleteIssuer(name)
      // The official client calls every issuer "issuers".
      const nameless = [set, changed, read, removed].map((issuer) => ({ ...issuer, name: '' }))
      return [nameless, all, await failure(certificates.getIssuer(name))]
    },
  },
  {
    what: 'what cannot be is refused',
    run: async ({ certificates, prefix }) => [
      await failure(certificates.getCertificate(`${prefix}-nothing`)),
      await failure(certificates.getCertificatePolicy(`${prefix}-nothing`)),
      await failure(certificates.getCertificateVersion(`${prefix}-certificate`, 'f'.repeat(32))),
      await failure(certificates.beginDeleteCertificate(`${prefix}-nothing`)),
      await failure(certificates.purgeDeletedCertificate(`${prefix}-nothing`)),
      await failure(certificates.mergeCertificate(`${prefix}-nothing`, [])),
      await failure(
        certificates.beginCreateCertificate(`${prefix}-odd`, {
          issuerName: 'Self',
          subject: 'odd',
        }),
      ),
    ],
  },
]
