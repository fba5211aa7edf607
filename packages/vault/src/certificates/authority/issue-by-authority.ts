import { Fault } from '../../fault.ts'
import type { OperationContext } from '../../operation.ts'
import type { CertificateHead, CertificateVersion } from '../certificate.ts'
import type { CertificatePolicy, X509Properties } from '../certificate-policy.ts'
import type { CertificateIssuer } from '../issuer.ts'
import type { NewVersion } from '../issue-self-signed.ts'
import { issueBySigner } from './issue-by-signer.ts'
import { readSigner, type Signer } from './read-signer.ts'

/**
 * Makes a version whose certificate an authority of the vault signs.
 * @param issuer of the provider Claviger.
 * @throws Fault IssuerRefused when the authority cannot issue, or not this; InvalidInput for a
 *   subject that is no name.
 */
export async function issueByAuthority(
  context: OperationContext,
  before: CertificateHead | undefined,
  policy: CertificatePolicy,
  wanted: NewVersion,
  issuer: CertificateIssuer,
): Promise<{ readonly version: CertificateVersion; readonly request: string }> {
  const signer = await signerFor(context, policy.x509, wanted, issuer)
  return await issueBySigner(context, signer, { before, policy, wanted, issuer: issuer.name })
}

/** Who signs: for certificates of authorities the root, where there is one. */
async function signerFor(
  context: OperationContext,
  { ca }: X509Properties,
  { name }: NewVersion,
  { name: issuer, authority }: CertificateIssuer,
): Promise<Signer> {
  const refuse = (reason: string): Fault<'IssuerRefused'> => new Fault('IssuerRefused', { reason })
  if (authority === undefined) throw refuse(`the issuer ${issuer} has no authority; set it again`)
  const { certificate, root = certificate } = authority
  const signing = ca === undefined ? certificate : root
  if (signing.toLowerCase() === name.toLowerCase()) {
    throw refuse(`${name} is its authority itself; name Self in its policy, or who is above it`)
  }
  const signer = await readSigner(context, signing)
  if ('problem' in signer) throw refuse(signer.problem)
  const limit = signer.certificate.ca?.pathLength
  if (ca !== undefined && limit !== undefined && (ca.pathLength ?? 0) >= limit) {
    throw refuse(
      limit === 0
        ? `${signing} may have no authority below it`
        : `the path length below ${signing} must be less than ${limit}`,
    )
  }
  return signer
}
