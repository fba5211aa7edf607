import { DefaultAzureCredential } from '@azure/identity'
import { CertificateClient, type CertificatePolicy } from '@azure/keyvault-certificates'
import { step, variable } from './step.ts'
import { TLS_CASES, type TlsCase } from './tls-cases.ts'

// Makes the certificates that TLS servers run on; each is valid for a month and renewed by itself.

const client = new CertificateClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())

async function create({ name, issuer, contentType, reuseKey }: TlsCase): Promise<void> {
  const key =
    contentType === 'application/x-pem-file'
      ? ({ keyType: 'EC', keyCurveName: 'P-256' } as const)
      : ({ keyType: 'RSA', keySize: 2048 } as const)
  const policy: CertificatePolicy = {
    issuerName: issuer,
    subject: 'CN=localhost',
    subjectAlternativeNames: { dnsNames: ['localhost'] },
    contentType,
    reuseKey,
    ...key,
    validityInMonths: 1,
    lifetimeActions: [{ action: 'AutoRenew', lifetimePercentage: 80 }],
  }
  const poller = await client.beginCreateCertificate(name, policy, { intervalInMs: 50 })
  await poller.pollUntilDone()
}

await step('an issuer that is a private CA is made', async () => {
  await client.createIssuer('corp', 'Claviger')
})
for (const one of TLS_CASES) await step(`${one.name} is created`, () => create(one))

console.log('done')
