import { operation } from '../operation.ts'
import { certificateCredential } from './certificate-credential.ts'
import { addCredential, type CredentialSummary } from './credentials.ts'

export interface CreateCertificateCredentialInput {
  readonly principal: string
  readonly displayName: string
  /** PEM or DER, without the private key. */
  readonly certificate: Uint8Array
}

/** Lets an application sign in with assertions that it signs with a certificate's key. */
export const createCertificateCredential = operation<
  CreateCertificateCredentialInput,
  CredentialSummary
>({
  name: 'DirectoryCredentialCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }, output) => `principals/${principal}/credentials/${output?.id ?? ''}`,

  async run(context, { principal, ...input }) {
    return addCredential(context, principal, certificateCredential({ ...input, now: context.now }))
  },
})
