import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { credentialKey, type Credential } from './credential.ts'
import { summaryOf, type CredentialSummary } from './credentials.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface UpdateCredentialInput {
  readonly principal: string
  readonly credential: string
  readonly enabled: boolean
}

/** Enables or disables an access key or a client key; it holds on every worker at once. */
export const updateCredential = operation<UpdateCredentialInput, CredentialSummary>({
  name: 'DirectoryCredentialUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal, credential }) => `principals/${principal}/credentials/${credential}`,

  async run(context, { principal, credential, enabled }) {
    const { unit, caller } = context
    await readPrincipal(context, principal)
    demandGuid('credential', credential)
    const key = credentialKey(caller.tenant, principal, credential)
    const found = await unit.get<Credential>(key)
    if (found === undefined) {
      throw new Fault('DirectoryObjectNotFound', { type: 'credential', id: credential })
    }
    if (!('enabled' in found.meta)) {
      const reason = 'only access keys and client keys can be disabled; delete others'
      throw invalidInput('credential', reason)
    }
    const updated: Credential = { ...found.meta, enabled }
    unit.put<Credential>(key, { ...found, meta: updated })
    touchEpoch(unit)
    return summaryOf(updated)
  },
})
