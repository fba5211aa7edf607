import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { putAccessKey } from './access-key.ts'
import { credentialPrefix, type Credential } from './credential.ts'
import { demandDisplayName } from './credential-name.ts'
import { deleteWithIndex, demandRoom, summaryOf, type CredentialSummary } from './credentials.ts'
import type { PrincipalKind } from './principal.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

/** Enough to replace one while another is in use, in more than one place. */
const MAXIMUM_ACCESS_KEYS = 5
const KINDS: readonly PrincipalKind[] = ['application', 'managedIdentity', 'user']

export interface CreateAccessKeyInput {
  readonly principal: string
  readonly displayName: string
  /** Removes the principal's other access keys of this display name in the same commit. */
  readonly replace?: boolean
}

/** An access key, with the secret that is shown this once. */
export interface CreatedAccessKey {
  readonly credential: CredentialSummary
  readonly accessKeyId: string
  readonly secret: Secret
}

/** Makes an access key, with which a principal signs its requests. */
export const createAccessKey = operation<CreateAccessKeyInput, CreatedAccessKey>({
  name: 'DirectoryCredentialCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }, output) =>
    `principals/${principal}/credentials/${output?.credential.id ?? ''}`,

  async run(context, { principal: id, displayName, replace = false }) {
    const { unit, caller, now } = context
    const principal = await readPrincipal(context, id)
    demandDisplayName(displayName)
    if (!KINDS.includes(principal.kind)) {
      const reason = 'only applications, managed identities and users have access keys'
      throw invalidInput('principal', reason)
    }
    const others = await unit.listAll<Credential>(credentialPrefix(caller.tenant, id))
    const keys = others.filter(({ content }) => content.meta.kind === 'accessKey')
    const replaced = keys.filter(
      ({ content }) => replace && content.meta.displayName === displayName,
    )
    demandRoom(others.length - replaced.length)
    const left = keys.length - replaced.length
    if (left >= MAXIMUM_ACCESS_KEYS) {
      const reason = `it has ${left} access keys, the most there can be; delete one first`
      throw invalidInput('principal', reason)
    }
    await unit.getMany(replaced.map(({ key }) => key))
    for (const { key, content } of replaced) await deleteWithIndex(unit, key, content.meta)
    const { credential, secret } = putAccessKey(unit, caller.tenant, id, { displayName, now })
    touchEpoch(unit)
    return { credential: summaryOf(credential), accessKeyId: credential.accessKeyId, secret }
  },
})
