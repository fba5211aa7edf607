import { assignRole, listRoleAssignments, unassignRole } from './access/role-assignments.ts'
import { createRole, listRoles } from './access/custom-roles.ts'
import { createCertificateCredential } from './directory/create-certificate-credential.ts'
import { createFederatedCredential } from './directory/create-federated-credential.ts'
import {
  createSecretCredential,
  deleteCredential,
  listCredentials,
} from './directory/credentials.ts'
import { addGroupMember, removeGroupMember } from './directory/group-members.ts'
import {
  createPrincipal,
  deletePrincipal,
  listPrincipals,
  updatePrincipal,
} from './directory/principals.ts'
import { rotateIssuerKey } from './directory/rotate-issuer-key.ts'
import { deleteSecret } from './secrets/delete-secret.ts'
import { getDeletedSecret } from './secrets/get-deleted-secret.ts'
import { getSecret } from './secrets/get-secret.ts'
import { listDeletedSecrets, listSecrets, listSecretVersions } from './secrets/list-secrets.ts'
import { purgeSecret } from './secrets/purge-secret.ts'
import { recoverSecret } from './secrets/recover-secret.ts'
import { backupSecret, restoreSecret } from './secrets/secret-backup.ts'
import { setSecret } from './secrets/set-secret.ts'
import { updateSecret } from './secrets/update-secret.ts'
import { listAudit, pruneAudit } from './server/audit-operations.ts'
import { bootstrap } from './server/bootstrap.ts'
import { forgetDue } from './server/forget-due.ts'
import { rotateDataKey, rotateRootKey } from './server/seal-operations.ts'
import { getTlsMaterial, setTlsMaterial } from './server/tls-material.ts'
import { createVault } from './vaults/create-vault.ts'
import { deleteVault, purgeVault, recoverVault } from './vaults/delete-vault.ts'
import { getVault, listVaults } from './vaults/list-vaults.ts'
import { removeAccessPolicy, setAccessPolicy, updateVault } from './vaults/update-vault.ts'

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
  vaults: {
    create: createVault,
    update: updateVault,
    get: getVault,
    list: listVaults,
    delete: deleteVault,
    recover: recoverVault,
    purge: purgeVault,
    setAccessPolicy,
    removeAccessPolicy,
  },
  principals: {
    create: createPrincipal,
    list: listPrincipals,
    update: updatePrincipal,
    delete: deletePrincipal,
  },
  credentials: {
    createSecret: createSecretCredential,
    addCertificate: createCertificateCredential,
    addFederated: createFederatedCredential,
    list: listCredentials,
    delete: deleteCredential,
  },
  groups: { addMember: addGroupMember, removeMember: removeGroupMember },
  roleAssignments: { create: assignRole, delete: unassignRole, list: listRoleAssignments },
  roles: { create: createRole, list: listRoles },
  audit: { list: listAudit, prune: pruneAudit },
  seal: { rotateRootKey, rotateDataKey },
  issuerKeys: { rotate: rotateIssuerKey },
  tls: { get: getTlsMaterial, set: setTlsMaterial },
  maintenance: { forgetDue },
  server: { initialise: bootstrap },
} as const
