import type {
  CertificateProperties,
  DeletedCertificate,
  KeyVaultCertificate,
  KeyVaultCertificateWithPolicy,
} from '@claviger/client/azure'
import { attributesOf, deletionOf } from '../objects/object-record.ts'
import type { ListedObject } from '../objects/object-source.ts'
import type { JsonRecord } from '../output/json-value.ts'
import { policyRecord } from './policy-text.ts'

/** What a listing says of a certificate. */
export function listedCertificate(properties: CertificateProperties): ListedObject {
  return { managed: false, record: propertiesRecord(properties) }
}

/** A certificate with the members that `az` gives, and its version. */
export function certificateRecord(
  certificate: KeyVaultCertificate | KeyVaultCertificateWithPolicy,
): JsonRecord {
  const { cer, keyId, properties, secretId } = certificate
  return {
    ...propertiesRecord(properties),
    cer: cer === undefined ? null : Buffer.from(cer).toString('base64'),
    kid: keyId ?? null,
    sid: secretId ?? null,
    ...('policy' in certificate ? { policy: policyRecord(certificate.policy) } : {}),
  }
}

/** A certificate that is deleted. */
export function deletedCertificateRecord(certificate: DeletedCertificate): JsonRecord {
  return { ...certificateRecord(certificate), ...deletionOf(certificate) }
}

function propertiesRecord(properties: CertificateProperties): JsonRecord {
  const { id, name, tags, version, x509Thumbprint, x509ThumbprintString } = properties
  return {
    attributes: attributesOf(properties),
    id: id ?? null,
    name,
    tags: tags ?? {},
    ...(version === undefined ? {} : { version }),
    x509Thumbprint:
      x509Thumbprint === undefined ? null : Buffer.from(x509Thumbprint).toString('base64'),
    x509ThumbprintHex: x509ThumbprintString?.toUpperCase() ?? null,
  }
}
