import { pemOf } from '../crypto/pem-of.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { Content } from '../seal/seal.ts'
import { Secret } from '../seal/secret.ts'
import type { SecretWithValue } from '../secrets/get-secret.ts'
import { secretVersionKey, type SecretVersion } from '../secrets/secret.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { certificateVersionKey, type CertificateVersion } from './certificate.ts'
import type { CertificateContentType } from './certificate-policy.ts'
import { decodeBase64 } from './decode-base64.ts'
import { loadX509 } from './load-x509.ts'

const PEM: CertificateContentType = 'application/x-pem-file'

/**
 * The secret of a certificate in another form than it is stored in; as with the service, only PEM of
 * what is PKCS #12.
 * @throws Fault InvalidInput, RecordCorrupt
 */
export async function inForm(
  unit: UnitOfWork,
  vault: VaultRecord,
  { meta, secret = new Secret(new Uint8Array()) }: Content<SecretVersion>,
  wanted: string,
): Promise<SecretWithValue> {
  if (meta.contentType === wanted) return { properties: meta, value: secret }
  if (wanted !== PEM) {
    const reason = `the secret is stored as ${PEM}, which is given as it is; leave it out`
    throw invalidInput('outContentType', reason)
  }
  const { name, version } = meta
  const { readPkcs12 } = await loadX509()
  const file = decodeBase64(Buffer.from(secret.reveal()).toString('latin1'))
  const read = file && (await readPkcs12(file, '').finally(() => file.fill(0)))
  const at = certificateVersionKey(vault, name, version)
  const issued = (await unit.get<CertificateVersion>(at))?.meta.issued
  if (read === undefined || issued === undefined) {
    const record = secretVersionKey(vault, name, version)
    throw new Fault('RecordCorrupt', { record, reason: 'no certificate in it' })
  }
  const { privateKey } = read
  secret.wipe()
  const key = privateKey === undefined ? '' : pemOf('PRIVATE KEY', privateKey)
  privateKey?.fill(0)
  const chain = issued.chain.map((der) => pemOf('CERTIFICATE', Buffer.from(der, 'base64')))
  return { properties: { ...meta, contentType: PEM }, value: Secret.fromText(key + chain.join('')) }
}
