import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { credentialKey, credentialPrefix, type Credential } from './credential.ts'
import { readCredentialHolder } from './credential-holder.ts'
import { demandNewTrust, summaryOf, type CredentialSummary } from './credentials.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { federatedCredential, type NewFederatedCredential } from './federated-credential.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface UpdateCredentialInput {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
  readonly credential: string
  /** Of an access key or client key. */
  readonly enabled?: boolean
  /** Of a federated credential: what it is to trust; what is not given stays. */
  readonly trust?: Partial<Omit<NewFederatedCredential, 'displayName' | 'now'>>
}

/**
 * Enables or disables an access key or a client key, or changes whom a federated credential trusts;
 * it holds on every worker at once.
 */
export const updateCredential = operation<UpdateCredentialInput, CredentialSummary>({
  name: 'DirectoryCredentialUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal, credential }) => `principals/${principal}/credentials/${credential}`,

  async run(context, { principal, collection, credential, enabled, trust }) {
    const { unit, caller, now } = context
    const { id } = await readCredentialHolder(context, principal, collection)
    demandGuid('credential', credential)
    const key = credentialKey(caller.tenant, id, credential)
    const found = await unit.get<Credential>(key)
    if (found === undefined) {
      throw new Fault('DirectoryObjectNotFound', { type: 'credential', id: credential })
    }
    const others = await unit.listAll<Credential>(credentialPrefix(caller.tenant, id))
    const all = others.map(({ content }) => content.meta)
    let updated = enabled === undefined ? found.meta : switched(found.meta, enabled)
    if (trust !== undefined) updated = trusting(updated, trust, all, now)
    unit.put<Credential>(key, { ...found, meta: updated })
    touchEpoch(unit)
    return summaryOf(updated)
  },
})

function switched(credential: Credential, enabled: boolean): Credential {
  if ('enabled' in credential) return { ...credential, enabled }
  const reason = 'only access keys and client keys can be disabled; delete others'
  throw invalidInput('credential', reason)
}

function trusting(
  credential: Credential,
  trust: NonNullable<UpdateCredentialInput['trust']>,
  all: readonly Credential[],
  now: EpochSeconds,
): Credential {
  if (credential.kind !== 'federated') throw invalidInput('credential', 'it is not a federated one')
  const { id, createdAt } = credential
  const updated = { ...federatedCredential({ ...credential, ...trust, now }), id, createdAt }
  demandNewTrust(updated, all)
  return updated
}
