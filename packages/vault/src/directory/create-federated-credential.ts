import { operation } from '../operation.ts'
import { addCredential, type CredentialSummary } from './credentials.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { federatedCredential, type NewFederatedCredential } from './federated-credential.ts'

export interface CreateFederatedCredentialInput extends Omit<NewFederatedCredential, 'now'> {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
}

/** Lets another issuer's token for one subject sign in as the application (workload identity). */
export const createFederatedCredential = operation<
  CreateFederatedCredentialInput,
  CredentialSummary
>({
  name: 'DirectoryCredentialCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }, output) => `principals/${principal}/credentials/${output?.id ?? ''}`,

  async run(context, { principal, collection, ...input }) {
    const credential = federatedCredential({ ...input, now: context.now })
    return addCredential(context, principal, credential, collection)
  },
})
