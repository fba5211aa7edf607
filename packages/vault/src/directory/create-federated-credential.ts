import { operation } from '../operation.ts'
import { addCredential, type CredentialSummary } from './credentials.ts'
import { federatedCredential, type NewFederatedCredential } from './federated-credential.ts'

export interface CreateFederatedCredentialInput extends Omit<NewFederatedCredential, 'now'> {
  readonly principal: string
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

  async run(context, { principal, ...input }) {
    return addCredential(context, principal, federatedCredential({ ...input, now: context.now }))
  },
})
