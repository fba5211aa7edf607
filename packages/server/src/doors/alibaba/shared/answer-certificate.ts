import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import {
  keyIdentifierOf,
  publicKeyDer,
  type CertificatePolicy,
  type CertificateVersion,
  type KeySpec,
  type PendingCertificate,
  type ShownCertificate,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'
import { keySpecName, time } from './answer-key.ts'
import { certificateId } from './certificate-name.ts'
import { wireName, wireSubject } from './certificate-subject.ts'

type Answer = alibaba.shared.AnswerObject

export type CertificateState = 'PENDING' | 'ACTIVE' | 'INACTIVE' | 'REVOKED'

export function certificateStateOf(version: CertificateVersion): CertificateState {
  if (version.issued === undefined) return 'PENDING'
  if (version.revokedAt !== undefined) return 'REVOKED'
  return version.enabled ? 'ACTIVE' : 'INACTIVE'
}

export function certificateArn({ region, account }: ActionContext, id: string): string {
  return alibaba.shared.formatResourceName({ region, account, kind: 'certificate', name: id })
}

/**
 * What DescribeCertificate tells.
 * @param pending the making of it, where there is one.
 */
export async function certificateAnswer(
  context: ActionContext,
  { properties, policy }: ShownCertificate,
  pending: PendingCertificate | undefined,
): Promise<Answer> {
  const { name, issued, created, updated, tags = {} } = properties
  const id = certificateId(name)
  const spec = specOf(policy)
  return {
    CertificateId: id,
    Arn: certificateArn(context, id),
    Status: certificateStateOf(properties),
    KeySpec: keySpecName({ spec }),
    SignatureAlgorithm: signatureAlgorithm(spec),
    ...(issued === undefined
      ? waitingMembers(policy, pending)
      : await issuedMembers(Buffer.from(issued.certificate, 'base64'))),
    CreatedAt: time(created),
    UpdatedAt: time(updated),
    ExportablePrivateKey: policy.exportable,
    Tags: tags,
  }
}

async function issuedMembers(der: Uint8Array): Promise<Answer> {
  const { subject, issuer, serialNumber, publicKey, subjectAltName, validFromDate, validToDate } =
    new X509Certificate(der)
  const identifier = Buffer.from(await keyIdentifierOf(der)).toString('hex').toUpperCase()
  return {
    Subject: wireName(subject),
    Issuer: wireName(issuer),
    Serial: serialNumber,
    SubjectPublicKey: publicKeyPem(publicKey),
    SubjectKeyIdentifier: (identifier.match(/../g) ?? []).join(' '),
    SubjectAlternativeNames: dnsNames(subjectAltName),
    NotBefore: time(validFromDate.getTime() / 1000),
    NotAfter: time(validToDate.getTime() / 1000),
  }
}

/** What is known before anybody has issued it. */
function waitingMembers(
  { x509 }: CertificatePolicy,
  pending: PendingCertificate | undefined,
): Answer {
  const publicKey = pending?.key?.publicKey
  const key =
    publicKey && createPublicKey({ key: publicKeyDer(publicKey), type: 'spki', format: 'der' })
  return {
    Subject: wireSubject(x509.subject),
    Issuer: '',
    Serial: '',
    SubjectPublicKey: key === undefined ? '' : publicKeyPem(key),
    SubjectKeyIdentifier: '',
    SubjectAlternativeNames: x509.alternativeNames.dnsNames ?? [],
    NotBefore: '',
    NotAfter: '',
  }
}

function publicKeyPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' })
}

/** `DNS:a.example, DNS:b.example`, what is no plain name in quotes. */
function dnsNames(names: string | undefined): readonly string[] {
  const all = names?.split(', ') ?? []
  return all.filter((one) => /^DNS:[^"]/.test(one)).map((one) => one.slice('DNS:'.length))
}

function specOf({ key }: CertificatePolicy): KeySpec {
  if (key.type === 'RSA') return { type: 'RSA', bits: key.bits, publicExponent: 65_537 }
  return { type: 'EC', curve: key.curve }
}

/** How a key of this kind signs its own requests; a certificate may be signed otherwise. */
function signatureAlgorithm(spec: KeySpec): string {
  if (spec.type === 'RSA') return `RSA${spec.bits}-SHA256`
  if (spec.type !== 'EC') throw new TypeError('no kind that certificates have')
  return SIGNATURES[spec.curve]
}

const SIGNATURES = {
  'P-256': 'ECDSA-SHA256',
  'P-384': 'ECDSA-SHA384',
  'P-521': 'ECDSA-SHA512',
  secp256k1: 'ECDSA-SHA256',
  SM2: 'SM2-SM3',
} as const
