import { deleteSecret } from './secrets/delete-secret.ts'
import { getDeletedSecret } from './secrets/get-deleted-secret.ts'
import { getSecret } from './secrets/get-secret.ts'
import { listDeletedSecrets, listSecrets, listSecretVersions } from './secrets/list-secrets.ts'
import { purgeSecret } from './secrets/purge-secret.ts'
import { recoverSecret } from './secrets/recover-secret.ts'
import { backupSecret, restoreSecret } from './secrets/secret-backup.ts'
import { setSecret } from './secrets/set-secret.ts'
import { updateSecret } from './secrets/update-secret.ts'

/**
 * Every operation there is, by noun. The `Vault` type, the permissions document and the tests that
 * deny, audit and hunt for leaks all go through this list.
 */
export const OPERATIONS = {
  secrets: {
    set: setSecret,
    update: updateSecret,
    get: getSecret,
    list: listSecrets,
    listVersions: listSecretVersions,
    delete: deleteSecret,
    getDeleted: getDeletedSecret,
    listDeleted: listDeletedSecrets,
    recover: recoverSecret,
    purge: purgeSecret,
    backup: backupSecret,
    restore: restoreSecret,
  },
} as const
