import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { readSecretHead } from './read-secret.ts'
import { demandKind } from './secret-kind.ts'
import type { SecretHead, SecretInput } from './secret.ts'

export interface RotateSecretInput extends SecretInput {
  /** Of the version that is wanted. */
  readonly label: string
}

/**
 * Makes a new version of a secret that has a kind, which is that of an account elsewhere. Nothing
 * here can reach the account, so all that it does is to find that the version is there already.
 * @throws Fault SecretKindUnfit; SecretNotRotatable for a version that there is not.
 */
export const rotateSecret = operation<RotateSecretInput, SecretHead>({
  name: 'SecretRotate',
  permission: 'secrets/set',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret, label }) {
    const head = await readSecretHead(unit, vault(), secret)
    demandKind(head)
    if (head.labelled?.some((one) => one.label === label) === true) return head
    throw new Fault('SecretNotRotatable', { name: secret.name })
  },
})
