import { randomUUID } from 'node:crypto'
import { isFault, pemOf, type PendingCertificate, type PolicyInput } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { certificateBlocks } from '../../../../certificate-blocks.ts'
import { KEY_SPECS } from '../../key-specs.ts'
import type { Actions } from '../action.ts'
import { certificateAnswer, certificateArn, certificateStateOf } from '../answer-certificate.ts'
import { certificateId, certificateRef, noSuchName } from '../certificate-name.ts'
import { vaultSubject } from '../certificate-subject.ts'
import { inParameter } from '../in-parameter.ts'

const { invalidParameter, KmsRefusal } = alibaba.shared

/** Kinds of keys that certificates are asked for with, and what theirs may be used for. */
const USAGES: Readonly<Record<string, readonly string[]>> = {
  RSA_2048: ['digitalSignature', 'keyEncipherment', 'dataEncipherment'],
  EC_P256: ['digitalSignature'],
  EC_SM2: ['digitalSignature', 'dataEncipherment'],
}

const STATES = ['ACTIVE', 'INACTIVE', 'REVOKED'] as const

const inParameters = inParameter({
  'policy.x509_props.subject': 'Subject',
  'policy.x509_props.sans.dns_names': 'SubjectAlternativeNames',
})

/** Certificates of the vault that somebody outside issues. */
export const CERTIFICATE_ACTIONS: Actions<
  | 'CreateCertificate'
  | 'UploadCertificate'
  | 'GetCertificate'
  | 'DescribeCertificate'
  | 'UpdateCertificateStatus'
  | 'DeleteCertificate'
> = {
  async CreateCertificate(request) {
    const { vault, call, parameters } = request
    const { Subject, KeySpec, SubjectAlternativeNames = [], ExportablePrivateKey } = parameters
    const keyUsage = Object.hasOwn(USAGES, KeySpec) ? USAGES[KeySpec] : undefined
    const spec = KEY_SPECS[KeySpec]?.spec
    if (keyUsage === undefined || spec === undefined) {
      throw invalidParameter('KeySpec', `must be one of ${Object.keys(USAGES).join(', ')}`)
    }
    const policy: PolicyInput = {
      spec,
      keyUsage,
      ekus: [],
      exportable: ExportablePrivateKey,
      subject: vaultSubject(Subject),
      alternativeNames: { dnsNames: SubjectAlternativeNames },
      issuer: { name: 'Unknown' },
    }
    const id = randomUUID()
    const certificate = certificateRef(request, id)
    const made = await vault.certificates.create(call, { certificate, policy }).catch(inParameters)
    return {
      CertificateId: id,
      Arn: certificateArn(request, id),
      Csr: requestPem(made),
    }
  },

  async UploadCertificate(request) {
    const { vault, call, parameters } = request
    const leaf = certificatesIn('Certificate', parameters.Certificate)
    if (leaf.length !== 1) throw invalidParameter('Certificate', 'must be one certificate in PEM')
    const { CertificateChain } = parameters
    const above =
      CertificateChain === undefined ? [] : certificatesIn('CertificateChain', CertificateChain)
    const certificate = certificateRef(request, parameters.CertificateId)
    const chain = [...leaf, ...above]
    await vault.certificates.merge(call, { certificate, chain }).catch(unreadable)
    return {}
  },

  async GetCertificate(request) {
    const { vault, call, parameters } = request
    const certificate = certificateRef(request, parameters.CertificateId)
    const { properties, pending } = await vault.certificates
      .get(call, { certificate })
      .catch(noSuchName)
    const made = pending ? await vault.certificates.getPending(call, { certificate }) : undefined
    const { certificate: leaf, chain = [] } = properties.issued ?? {}
    const above = chain.filter((one) => one !== leaf)
    return {
      CertificateId: certificateId(properties.name),
      Certificate: leaf === undefined ? '' : certificatePem(leaf),
      CertificateChain: above.map(certificatePem).join(''),
      Csr: made === undefined ? '' : requestPem(made),
    }
  },

  async DescribeCertificate(request) {
    const { vault, call, parameters } = request
    const certificate = certificateRef(request, parameters.CertificateId)
    const shown = await vault.certificates.get(call, { certificate }).catch(noSuchName)
    const waits = shown.properties.issued === undefined && shown.pending
    const pending = waits ? await vault.certificates.getPending(call, { certificate }) : undefined
    return await certificateAnswer(request, shown, pending)
  },

  async UpdateCertificateStatus(request) {
    const { vault, call, parameters } = request
    const wanted = STATES.find((one) => one === parameters.Status)
    if (wanted === undefined) {
      throw invalidParameter('Status', `must be one of ${STATES.join(', ')}`)
    }
    const certificate = certificateRef(request, parameters.CertificateId)
    const { properties } = await vault.certificates.get(call, { certificate }).catch(noSuchName)
    const state = certificateStateOf(properties)
    if (state === wanted) return {}
    if (state === 'PENDING' || state === 'REVOKED') {
      throw new KmsRefusal('Rejected.StateModifiedFailed', {
        recommend: 'A certificate is PENDING until it is uploaded, and REVOKED for good.',
      })
    }
    const enabled = { enabled: wanted === 'ACTIVE' }
    const change = wanted === 'REVOKED' ? ({ revoked: true } as const) : enabled
    await vault.certificates.update(call, { certificate, ...change })
    return {}
  },

  async DeleteCertificate(request) {
    const { vault, call, parameters } = request
    const certificate = certificateRef(request, parameters.CertificateId)
    await vault.certificates.delete(call, { certificate }).catch(noSuchName)
    return {}
  },
}

function certificatePem(base64: string): string {
  return pemOf('CERTIFICATE', Buffer.from(base64, 'base64'))
}

/** Empty for a version that failed before there was a request. */
function requestPem({ request }: PendingCertificate): string {
  return request === undefined ? '' : pemOf('CERTIFICATE REQUEST', Buffer.from(request, 'base64'))
}

function certificatesIn(parameter: string, text: string): readonly Uint8Array[] {
  const found = certificateBlocks(text)
  if (found.length > 0) return found.map((one) => Buffer.from(one))
  throw invalidParameter(parameter, 'must have certificates in PEM')
}

function unreadable(thrown: unknown): never {
  if (!isFault(thrown, 'CertificateUnreadable')) return noSuchName(thrown)
  throw invalidParameter('Certificate', 'and CertificateChain must have X.509 certificates in PEM')
}
