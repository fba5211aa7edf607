import { publicKeyDer } from '../crypto/public-key-der.ts'
import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import type { Content } from '../seal/seal.ts'
import type { CertificateHead, CertificateVersion } from './certificate.ts'
import { givenProperties } from './certificate-input.ts'
import { decodeBase64 } from './decode-base64.ts'
import { demandInDates } from './demand-in-dates.ts'
import { issuedCertificate, putIssued } from './issue-self-signed.ts'
import { loadX509 } from './load-x509.ts'
import {
  changeOrderDue,
  pendingCertificateKey,
  type PendingCertificate,
} from './pending-certificate.ts'

const MAXIMUM_CHAIN = 32

/** What somebody has issued for a request, and what is said with it. */
export interface IssuedAnswer {
  /** The certificate and those above it; DER, PEM, or base64 of DER. */
  readonly chain: readonly Uint8Array[]
  readonly enabled?: boolean
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * Completes the version that waits in a pending operation with what was issued for its request.
 * @returns the version, which is the current one now.
 * @throws Fault PendingCertificateOver, CertificateUnreadable, CertificateUnfit
 */
export async function completePending(
  context: OperationContext,
  head: CertificateHead,
  { meta: pending, secret: material }: Content<PendingCertificate>,
  answer: IssuedAnswer,
): Promise<CertificateVersion> {
  const { unit, vault, now } = context
  const { key, name } = pending
  if (pending.status !== 'inProgress' || key === undefined || material === undefined) {
    throw new Fault('PendingCertificateOver', { name, status: pending.status })
  }
  const { readCertificate, inChainOrder } = await loadX509()
  if (answer.chain.length === 0 || answer.chain.length > MAXIMUM_CHAIN) {
    const reason = `it must have from 1 to ${MAXIMUM_CHAIN} certificates`
    throw new Fault('CertificateUnreadable', { format: 'x5c', reason })
  }
  const [leaf, ...others] = answer.chain.map((der, at) => {
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
  const tags = answer.tags ?? pending.tags
  const version: CertificateVersion = {
    ...givenProperties({
      enabled: answer.enabled ?? pending.enabled,
      preserveOrder,
      ...(tags && { tags }),
    }),
    name,
    version: pending.version,
    notBefore: leaf.notBefore,
    expires: leaf.notAfter,
    created: now,
    updated: now,
    issued: issuedCertificate(head.policy, leaf.der, chain),
  }
  const pair = { key, material }
  await putIssued(context, head, head.policy, { version, pair, leaf: leaf.der, chain })
  const { key: _, order: __, error: ___, ...rest } = pending
  const done: PendingCertificate = { ...rest, status: 'completed' }
  await changeOrderDue(unit, vault(), name, pending, done)
  unit.put<PendingCertificate>(pendingCertificateKey(vault(), name), { meta: done })
  return version
}

/**
 * Samples of the official clients hand over base64 where octets are meant, so that it arrives encoded
 * twice; the service takes it.
 */
function decodedAgain(octets: Uint8Array): Uint8Array {
  return decodeBase64(Buffer.from(octets).toString('latin1')) ?? new Uint8Array()
}
