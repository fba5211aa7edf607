import { operation } from '../operation.ts'
import { readDeletedSecret } from './deleted-secret.ts'
import type { DeletedSecretHead, SecretRef } from './secret.ts'

/** Shows a deleted secret, without its value. */
export const getDeletedSecret = operation<{ readonly secret: SecretRef }, DeletedSecretHead>({
  name: 'SecretGetDeleted',
  permission: 'secrets/getDeleted',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    return readDeletedSecret(unit, vault(), secret)
  },
})
