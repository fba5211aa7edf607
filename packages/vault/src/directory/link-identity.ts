import { randomUUID } from 'node:crypto'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import {
  credentialKey,
  credentialPrefix,
  type Credential,
  type ExternalCredential,
} from './credential.ts'
import { demandRoom, summaryOf, type CredentialSummary } from './credentials.ts'
import {
  externalIdentityKey,
  type ExternalIdentity,
  type ExternalIdentityIndex,
} from './external-identity.ts'
import { touchEpoch } from './touch-epoch.ts'
import { readUser } from './user-credentials.ts'

const MAXIMUM_CHARACTERS = 1024

export interface LinkIdentityInput extends ExternalIdentity {
  readonly principal: string
}

/** Says that a user of an external OpenID Connect provider is this user of ours. */
export const linkIdentity = operation<LinkIdentityInput, CredentialSummary>({
  name: 'DirectoryIdentityLink',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }, output) => `principals/${principal}/credentials/${output?.id ?? ''}`,

  async run(context, { principal, ...external }) {
    const user = await readUser(context, principal)
    const { unit, caller, now } = context
    const listed = await unit.listAll<Credential>(credentialPrefix(caller.tenant, user.id))
    demandRoom(listed.length)
    const credential = await putLink(unit, caller.tenant, user.id, external, now)
    touchEpoch(unit)
    return summaryOf(credential)
  },
})

/** Adds the link to a unit of work. @throws Fault InvalidInput, DirectoryObjectExists */
export async function putLink(
  unit: UnitOfWork,
  tenant: string,
  principal: string,
  { issuer, subject }: ExternalIdentity,
  now: EpochSeconds,
): Promise<ExternalCredential> {
  demandText('issuer', issuer)
  demandText('subject', subject)
  const index = externalIdentityKey({ issuer, subject })
  if ((await unit.get(index)) !== undefined) {
    throw new Fault('DirectoryObjectExists', { type: 'credential', id: 'external identity' })
  }
  const credential: ExternalCredential = {
    kind: 'external',
    id: randomUUID(),
    displayName: 'external identity',
    createdAt: now,
    issuer,
    subject,
  }
  unit.create<Credential>(credentialKey(tenant, principal, credential.id), { meta: credential })
  unit.put<ExternalIdentityIndex>(index, { meta: { tenant, principal } })
  return credential
}

function demandText(property: string, text: string): void {
  if (text.length > 0 && text.length <= MAXIMUM_CHARACTERS) return
  throw invalidInput(property, `it must have 1 to ${MAXIMUM_CHARACTERS} characters`)
}
