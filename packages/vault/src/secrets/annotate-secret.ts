import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { readSecretHead } from './read-secret.ts'
import { demandValidTexts } from './secret-creation.ts'
import { demandKind } from './secret-kind.ts'
import { secretKey, type SecretHead, type SecretInput, type SecretRotation } from './secret.ts'

export interface AnnotateSecretInput extends SecretInput {
  readonly description?: string
  /** Makes the new settings of those that are there; may be asked several times. */
  readonly settings?: (before: string | undefined, head: SecretHead) => string
  /** How a secret of a kind is to be made anew; one of none never is. */
  readonly rotation?: SecretRotation
}

/**
 * Changes what is said of a secret as a whole; no version of it changes.
 * @throws Fault ObjectManaged; InvalidInput; SecretKindUnfit for the rotation of a secret without a kind.
 */
export const annotateSecret = operation<AnnotateSecretInput, SecretHead>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, now }, { secret, description, settings, rotation }) {
    const head = await readSecretHead(unit, vault(), secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'update' })
    }
    if (rotation !== undefined) demandKind(head)
    const after: SecretHead = {
      ...head,
      ...(description === undefined ? {} : { description }),
      ...(settings === undefined ? {} : { settings: settings(head.settings, head) }),
      ...(rotation === undefined ? {} : { rotation }),
      updated: now,
    }
    demandValidTexts(after)
    unit.put<SecretHead>(secretKey(vault(), secret.name), { meta: after })
    return after
  },
})
