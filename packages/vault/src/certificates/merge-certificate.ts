import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import {
  auditedCertificate,
  certificateTarget,
  type CertificateRef,
  type ShownCertificate,
} from './certificate.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import { givenProperties, type VersionInput } from './certificate-input.ts'
import { decodeBase64 } from './decode-base64.ts'
import { demandInDates } from './demand-in-dates.ts'
import { UNKNOWN } from './certificate-policy.ts'
import { issuedCertificate, putIssued } from './issue-self-signed.ts'
import { loadX509 } from './load-x509.ts'
import { pendingCertificateKey, readPending, type PendingCertificate } from './pending-certificate.ts'
import { certificateNotFound } from './read-certificate.ts'

export interface MergeCertificateInput extends Omit<VersionInput, 'policy' | 'preserveOrder'> {
  readonly certificate: CertificateRef
  /** The certificate and those above it; DER, PEM, or base64 of DER. */
  readonly chain: readonly Uint8Array[]
}

const MAXIMUM_CHAIN = 32

/** Completes a version with the certificate that somebody outside has issued for its request. */
export const mergeCertificate = operation<MergeCertificateInput, ShownCertificate>({
  name: 'CertificatePendingMerge',
  permission: 'certificates/create',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run(context, input) {
    const { unit, vault, now } = context
    const { certificate } = input
    const head = await demandRoomForFaces(context, certificate)
    const { meta: pending, secret: material } = await readPending(unit, vault(), certificate.name)
    if (head === undefined) throw certificateNotFound(certificate)
    const { key } = pending
    if (pending.issuer.name !== UNKNOWN) {
      throw new Fault('MergeForbidden', { issuer: pending.issuer.name })
    }
    if (pending.status !== 'inProgress' || key === undefined || material === undefined) {
      const { name } = certificate
      throw new Fault('PendingCertificateOver', { name, status: pending.status })
    }
    const { publicKeyDer, readCertificate, inChainOrder } = await loadX509()
    if (input.chain.length === 0 || input.chain.length > MAXIMUM_CHAIN) {
      const reason = `it must have from 1 to ${MAXIMUM_CHAIN} certificates`
      throw new Fault('CertificateUnreadable', { format: 'x5c', reason })
    }
    const [leaf, ...others] = input.chain.map((der, at) => {
      const read = readCertificate(der) ?? readCertificate(decodedAgain(der))
      if (read !== undefined) return read
      const reason = `its item ${at} is no X.509 certificate; send the DER of each as base64`
      throw new Fault('CertificateUnreadable', { format: 'x5c', reason })
    })
    if (leaf === undefined) throw new TypeError('a chain without certificates')
    const wanted = publicKeyDer(key.publicKey)
    if (!wanted.equals(leaf.publicKeyDer)) {
      const isElsewhere = others.some((one) => wanted.equals(one.publicKeyDer))
      throw new Fault('CertificateUnfit', {
        reason: isElsewhere
          ? 'the certificate of the pending request is not the first of x5c; put it there'
          : 'its public key is not that of the pending request; have the csr of the operation signed',
      })
    }
    demandInDates(leaf, now)
    const { preserveOrder = false } = pending
    const ordered = preserveOrder ? [leaf, ...others] : inChainOrder(leaf, others)
    const chain = ordered.map(({ der }) => der)
    const version = {
      ...givenProperties({
        enabled: input.enabled ?? pending.enabled,
        preserveOrder,
        ...((input.tags ?? pending.tags) && { tags: input.tags ?? pending.tags ?? {} }),
      }),
      name: pending.name,
      version: pending.version,
      notBefore: leaf.notBefore,
      expires: leaf.notAfter,
      created: now,
      updated: now,
      issued: issuedCertificate(head.policy, leaf.der, chain),
    }
    const pair = { key, material }
    await putIssued(context, head, head.policy, { version, pair, leaf: leaf.der, chain })
    const { key: _, ...rest } = pending
    const done: PendingCertificate = { ...rest, status: 'completed' }
    unit.put<PendingCertificate>(pendingCertificateKey(vault(), pending.name), { meta: done })
    return { properties: version, policy: head.policy, pending: true }
  },
})

/**
 * Samples of the official clients hand over base64 where octets are meant, so that it arrives encoded
 * twice; the service takes it.
 */
function decodedAgain(octets: Uint8Array): Uint8Array {
  return decodeBase64(Buffer.from(octets).toString('latin1')) ?? new Uint8Array()
}
