import { invalidInput } from '../../invalid-input.ts'
import type { OperationContext } from '../../operation.ts'
import type { CertificateIssuer, IssuerAuthority } from '../issuer.ts'
import { issuerProviderOf } from '../issuer-provider.ts'
import { authorityKey, isAuthorityId, type AuthorityRecord } from './authority-record.ts'
import { makeAuthority } from './make-authority.ts'
import { putAuthority } from './put-issued-record.ts'
import { readSigner, type Signer } from './read-signer.ts'

/**
 * The authority of an issuer: the certificate that `accountId` names, else what it had before, else
 * a new one.
 * @throws Fault InvalidInput for a certificate that cannot issue; NameTaken, ObjectInDeletedState
 *   when those of a new one cannot be made.
 */
export async function issuerAuthority(
  context: OperationContext,
  issuer: CertificateIssuer,
  before: CertificateIssuer | undefined,
): Promise<IssuerAuthority> {
  const kept =
    before !== undefined && issuerProviderOf(before.provider) === 'Claviger'
      ? before.authority
      : undefined
  const { accountId } = issuer
  if (accountId === undefined) return kept ?? (await makeAuthority(context, issuer))
  // One that is out of order for now must not keep its issuer from being changed, such as disabled.
  if (kept?.certificate.toLowerCase() === accountId.toLowerCase()) return kept
  const signer = await readSigner(context, accountId)
  if ('problem' in signer) throw invalidInput('credentials.account_id', signer.problem)
  const { authority } = signer.certificate
  await putAuthority(context, authority, { certificate: signer.name, version: signer.version })
  const root = await rootOf(context, signer)
  return { certificate: signer.name, ...(root === undefined ? {} : { root }) }
}

/** Who has signed the certificate of an authority, if that is an authority of the same vault. */
async function rootOf(context: OperationContext, signer: Signer): Promise<string | undefined> {
  const { issuerKeyId, x509 } = signer.certificate
  const authority = Buffer.from(issuerKeyId ?? []).toString('hex')
  if (!isAuthorityId(authority)) return undefined
  const record = await context.unit.get<AuthorityRecord>(authorityKey(context.vault(), authority))
  const name = record?.meta.certificate
  if (name === undefined || name.toLowerCase() === signer.name.toLowerCase()) return undefined
  const above = await readSigner(context, name)
  if ('problem' in above) return undefined
  return x509.checkIssued(above.certificate.x509) ? above.name : undefined
}
