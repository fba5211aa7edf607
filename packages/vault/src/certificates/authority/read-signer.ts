import type { KeyHandle } from '../../crypto/provider.ts'
import { Fault } from '../../fault.ts'
import { keyVersionKey, type KeyVersion } from '../../keys/key.ts'
import { keyHandle } from '../../keys/key-material.ts'
import { isObjectName } from '../../object-name.ts'
import type { OperationContext } from '../../operation.ts'
import {
  certificateKey,
  type CertificateHead,
  type CertificateVersion,
  type IssuedCertificate,
} from '../certificate.ts'
import { loadX509 } from '../load-x509.ts'
import type { AuthorityCertificate, ReadCertificate } from '../x509/index.ts'
import { issuedKey, type IssuedRecord, type Revocation } from './issued-record.ts'

/** A version of a certificate of the vault whose key signs others. */
export interface Signer {
  readonly name: string
  readonly version: string
  readonly certificate: AuthorityCertificate
  readonly issued: IssuedCertificate
  readonly key: KeyHandle
}

/** Why a certificate cannot sign others; a clause that begins with a small letter. */
export type SignerProblem = { readonly problem: string }

type Context = Pick<OperationContext, 'unit' | 'vault' | 'now'>

/** Finds the current version of a certificate as one that may sign others now. */
export async function readSigner(context: Context, name: string): Promise<Signer | SignerProblem> {
  const { unit, vault, now } = context
  const head = isObjectName(name)
    ? (await unit.get<CertificateHead>(certificateKey(vault(), name)))?.meta
    : undefined
  const refuse = (what: string): SignerProblem => ({ problem: `the certificate ${name} ${what}` })
  if (head === undefined) {
    return refuse('is not in this vault; make, import or recover it, or name another')
  }
  const { current } = head
  if (current.issued === undefined) return refuse('waits for its own issuer; have it merged first')
  if (!current.enabled) return refuse('is disabled; enable it first')
  const signer = await signerOfVersion(context, current)
  const { ca, keyUsage, notAfter } = signer.certificate
  if (ca === undefined) {
    return refuse('is not that of an authority; its basic constraints must say CA')
  }
  if (keyUsage?.includes('keyCertSign') === false) {
    return refuse('may not sign others; its key usage must have keyCertSign')
  }
  if (notAfter <= now) return refuse(`has expired at ${utc(notAfter)}; renew it first`)
  const revoked = await revocationOf(context, signer, current.issued)
  if (revoked !== undefined) {
    return refuse(`was revoked at ${utc(revoked.at)}; make a new version of it first`)
  }
  return signer
}

/** Whether an authority was revoked by another one of the same vault. */
async function revocationOf(
  { unit, vault }: Context,
  { certificate }: Signer,
  { authority }: IssuedCertificate,
): Promise<Revocation | undefined> {
  if (authority === undefined) return undefined
  const serial = certificate.x509.serialNumber.toLowerCase()
  const issued = await unit.get<IssuedRecord>(issuedKey(vault(), authority, serial))
  return issued?.meta.revoked
}

/**
 * A version as one that signs, whatever it may sign.
 * @throws Fault RecordCorrupt when it cannot be read, or has no key.
 */
export async function signerOfVersion(
  { unit, vault }: Context,
  { name, version, issued }: CertificateVersion,
): Promise<Signer> {
  const { readAuthorityCertificate } = await loadX509()
  const keyAt = keyVersionKey(vault(), name, version)
  const key = await unit.get<KeyVersion>(keyAt)
  const certificate = readAuthorityCertificate(Buffer.from(issued?.certificate ?? '', 'base64'))
  if (key === undefined || issued === undefined || certificate === undefined) {
    throw new Fault('RecordCorrupt', { record: keyAt, reason: 'no certificate with its key' })
  }
  return { name, version, certificate, issued, key: keyHandle(unit, vault(), key.meta) }
}

/** What goes with the certificates that it signs: itself and those above, no self-signed root. */
export async function chainOf({ certificate, issued }: Signer): Promise<readonly Uint8Array[]> {
  const { inChainOrder, readCertificate } = await loadX509()
  const others = issued.chain.flatMap((der) => {
    const read = readCertificate(Buffer.from(der, 'base64'))
    return read === undefined || certificate.x509.raw.equals(read.der) ? [] : [read]
  })
  return withoutRoot(inChainOrder(certificate, others))
}

/** Those that follow from each other; who trusts a root has it (RFC 8446 §4.4.2). */
function withoutRoot(ordered: readonly ReadCertificate[]): readonly Uint8Array[] {
  const chain: Uint8Array[] = []
  let below: ReadCertificate | undefined
  for (const one of ordered) {
    const isAbove = below === undefined || below.x509.checkIssued(one.x509)
    if (!isAbove || one.x509.checkIssued(one.x509)) return chain
    chain.push(one.der)
    below = one
  }
  return chain
}

function utc(time: number): string {
  return new Date(time * 1000).toISOString()
}
