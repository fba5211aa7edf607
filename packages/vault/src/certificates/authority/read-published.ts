import { Fault } from '../../fault.ts'
import type { OperationContext } from '../../operation.ts'
import {
  certificateKey,
  certificateVersionKey,
  type CertificateVersion,
} from '../certificate.ts'
import { authorityKey, isAuthorityId, type AuthorityRecord } from './authority-record.ts'
import { signerOfVersion, type Signer } from './read-signer.ts'

/** What is published of an authority: its vault, and the id of its key. */
export interface PublishedInput {
  readonly vault: string
  /** SHA-1 of the bits of its public key, 40 lower-case hexadecimal digits. */
  readonly authority: string
}

export function publishedTarget({ vault }: PublishedInput): {
  readonly vault: string
  readonly object: string
} {
  return { vault, object: 'certificates/authorities' }
}

/** Of what comes from outside only a key id is written down. */
export function auditedAuthority({ authority }: PublishedInput): string {
  const object = 'certificates/authorities'
  return isAuthorityId(authority) ? `${object}/${authority}` : object
}

/**
 * Finds an authority by its key. One that is disabled or has expired issues no more, and what it
 * has issued can still be asked after; one that is deleted says nothing.
 * @throws Fault ObjectNotFound
 */
export async function readPublished(
  context: Pick<OperationContext, 'unit' | 'vault' | 'now'>,
  { authority }: PublishedInput,
): Promise<Signer> {
  const { unit, vault } = context
  const notFound = new Fault('ObjectNotFound', { kind: 'certificate', name: authority })
  if (!isAuthorityId(authority)) throw notFound
  const record = await unit.get<AuthorityRecord>(authorityKey(vault(), authority))
  if (record === undefined) throw notFound
  const { certificate, version } = record.meta
  const head = await unit.get(certificateKey(vault(), certificate))
  const found = await unit.get<CertificateVersion>(
    certificateVersionKey(vault(), certificate, version),
  )
  if (head === undefined || found === undefined) throw notFound
  return await signerOfVersion(context, found.meta)
}
