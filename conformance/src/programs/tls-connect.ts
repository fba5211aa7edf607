import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { DefaultAzureCredential } from '@azure/identity'
import { CertificateClient } from '@azure/keyvault-certificates'
import { step, variable } from './step.ts'
import { TLS_CASES, type TlsCase } from './tls-cases.ts'

// A client of the servers in SERVERS (`name=port name=port`), which have to show what EXPECTED says:
// the current certificate, an outdated one that is still good, or one that has expired.

const client = new CertificateClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())
const expected = variable('EXPECTED')
const ports = new Map(
  variable('SERVERS')
    .split(' ')
    .map((one) => one.split('='))
    .map(([name = '', port]) => [name, Number(port)]),
)

async function currentOf(name: string): Promise<X509Certificate> {
  const { cer } = await client.getCertificate(name)
  assert.ok(cer)
  return new X509Certificate(cer)
}

/** The one that the current certificate has taken the place of. */
async function outdatedOf(name: string): Promise<X509Certificate> {
  const current = (await client.getCertificate(name)).properties.version
  for await (const { version } of client.listPropertiesOfCertificateVersions(name)) {
    if (version === undefined || version === current) continue
    const { cer } = await client.getCertificateVersion(name, version)
    assert.ok(cer)
    return new X509Certificate(cer)
  }
  throw new Error(`${name} has one version alone`)
}

/** What a server of that name has to show. */
function wantedOf(name: string): Promise<X509Certificate> {
  return expected === 'current' ? currentOf(name) : outdatedOf(name)
}

/** What a client trusts: the root of the private CA alone, or the very certificate. */
async function trustedFor({ name, issuer }: TlsCase): Promise<string> {
  return (issuer === 'Self' ? await wantedOf(name) : await currentOf('corp-root')).toString()
}

/** What a server shows to whom it is trusted by. @throws Error of TLS */
async function shownAt(port: number, ca: string): Promise<X509Certificate> {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
  try {
    await once(socket, 'secureConnect')
    assert.equal(socket.authorized, true)
    const shown = socket.getPeerX509Certificate()
    assert.ok(shown)
    return shown
  } finally {
    socket.destroy()
  }
}

for (const one of TLS_CASES) {
  const port = ports.get(one.name) ?? 0
  await step(`${one.name}: the server shows a certificate that is ${expected}`, async () => {
    const trusted = await trustedFor(one)
    if (expected === 'expired') {
      await assert.rejects(shownAt(port, trusted), { code: 'CERT_HAS_EXPIRED' })
      return
    }
    const shown = await shownAt(port, trusted)
    assert.equal(shown.fingerprint256, (await wantedOf(one.name)).fingerprint256)
  })
  // Of one that has expired TLS says that alone, whomever the client trusts.
  if (expected === 'expired') continue
  await step(`${one.name}: who trusts another certificate refuses it`, async () => {
    const other = TLS_CASES.find(({ name, issuer }) => issuer === 'Self' && name !== one.name)
    assert.ok(other)
    const code = one.issuer === 'Self' ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
    await assert.rejects(shownAt(port, await trustedFor(other)), { code })
  })
}

console.log('done')
