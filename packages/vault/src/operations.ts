import { createRole, deleteRole, getRole, listRoles, putRole } from './access/custom-roles.ts'
import { explainAccess } from './access/explain-access.ts'
import { listRoleAssignments } from './access/list-role-assignments.ts'
import { selectRoleAssignments } from './access/select-role-assignments.ts'
import { listOwnPermissions } from './access/own-permissions.ts'
import { assignRole } from './access/role-assignments.ts'
import { restoreOwner } from './access/restore-owner.ts'
import { getRoleAssignment, unassignRole } from './access/unassign-role.ts'
import {
  createAccessPointPolicy,
  deleteAccessPointPolicy,
  getAccessPointPolicy,
  listAccessPointPolicies,
  updateAccessPointPolicy,
} from './access-points/access-point-policies.ts'
import {
  createAccessPoint,
  deleteAccessPoint,
  getAccessPoint,
  listAccessPoints,
  updateAccessPoint,
} from './access-points/access-points.ts'
import {
  createClientKey,
  deleteClientKey,
  getClientKey,
  listClientKeys,
} from './access-points/client-keys.ts'
import {
  createNetworkRule,
  deleteNetworkRule,
  getNetworkRule,
  listNetworkRules,
  updateNetworkRule,
} from './access-points/network-rules.ts'
import { getAuthorityCertificate } from './certificates/authority/get-authority-certificate.ts'
import { getOcspResponse } from './certificates/authority/get-ocsp-response.ts'
import { getRevocationList } from './certificates/authority/get-revocation-list.ts'
import { listIssuedCertificates } from './certificates/authority/list-issued-certificates.ts'
import { revokeCertificate } from './certificates/authority/revoke-certificate.ts'
import { backupCertificate, restoreCertificate } from './certificates/certificate-backup.ts'
import {
  notifyCertificateExpiry,
  tellCertificateExpired,
} from './certificates/certificate-notices.ts'
import { deleteContacts, getContacts, setContacts } from './certificates/contacts.ts'
import { createCertificate } from './certificates/create-certificate.ts'
import { deleteCertificate } from './certificates/delete-certificate.ts'
import { failRenewal } from './certificates/fail-renewal.ts'
import { getCertificate } from './certificates/get-certificate.ts'
import { getDeletedCertificate } from './certificates/get-deleted-certificate.ts'
import { importCertificate } from './certificates/import-certificate.ts'
import {
  deleteIssuer,
  getIssuer,
  listIssuers,
  setIssuer,
  updateIssuer,
} from './certificates/issuers.ts'
import {
  listCertificates,
  listCertificateVersions,
  listDeletedCertificates,
} from './certificates/list-certificates.ts'
import { mergeCertificate } from './certificates/merge-certificate.ts'
import { cancelPending, deletePending, getPending } from './certificates/pending-operations.ts'
import { setAcmeAccount } from './certificates/order/acme-account.ts'
import { completeOrder } from './certificates/order/complete-order.ts'
import { failOrder } from './certificates/order/fail-order.ts'
import { getOrder } from './certificates/order/get-order.ts'
import { getPolicy, updatePolicy } from './certificates/policies.ts'
import { purgeCertificate } from './certificates/purge-certificate.ts'
import { recoverCertificate } from './certificates/recover-certificate.ts'
import { renewCertificateIfDue } from './certificates/renew-certificate-if-due.ts'
import { changeCertificateTags, updateCertificate } from './certificates/update-certificate.ts'
import {
  createApplication,
  createServicePrincipal,
  deleteApplication,
  deleteServicePrincipal,
  setCertificates,
  updateApplication,
} from './directory/applications.ts'
import {
  deleteDiagnosticSetting,
  getDiagnosticSetting,
  listDiagnosticSettings,
} from './diagnostics/diagnostic-settings.ts'
import { setDiagnosticSetting } from './diagnostics/set-diagnostic-setting.ts'
import { assumeRole } from './directory/assume-role.ts'
import { createAccessKey } from './directory/create-access-key.ts'
import { createCertificateCredential } from './directory/create-certificate-credential.ts'
import { createFederatedCredential } from './directory/create-federated-credential.ts'
import {
  createSecretCredential,
  deleteCredential,
  listCredentials,
} from './directory/credentials.ts'
import { createUser } from './directory/create-user.ts'
import { addGroupMember, removeGroupMember } from './directory/group-members.ts'
import { addOwner, removeOwner } from './directory/owners.ts'
import {
  createPrincipal,
  deletePrincipal,
  listPrincipals,
  updatePrincipal,
} from './directory/principals.ts'
import { linkIdentity } from './directory/link-identity.ts'
import { addPasskey, listOwnCredentials, removePasskey } from './directory/passkeys.ts'
import { listSubscriptions } from './directory/list-subscriptions.ts'
import {
  getDirectoryEntries,
  getDirectoryEntry,
  listDirectory,
  listRelated,
} from './directory/read-directory.ts'
import { rotateIssuerKey } from './directory/rotate-issuer-key.ts'
import { changePassword, setPassword } from './directory/set-password.ts'
import { updateCredential } from './directory/update-credential.ts'
import { createAlias, deleteAlias, listAliases, updateAlias } from './keys/aliases.ts'
import { backupKey, restoreKey } from './keys/key-backup.ts'
import { createKey } from './keys/create-key.ts'
import { decrypt } from './keys/decrypt.ts'
import { deleteKey } from './keys/delete-key.ts'
import { describeKey } from './keys/describe-key.ts'
import { changeKeyTags } from './keys/change-key-tags.ts'
import { describeKeyVersion, describeKeyVersions } from './keys/describe-versions.ts'
import { encrypt } from './keys/encrypt.ts'
import { getKeyPolicy, setKeyPolicy } from './keys/key-policies.ts'
import { generateDataKey } from './keys/generate-data-key.ts'
import { getDeletedKey } from './keys/get-deleted-key.ts'
import { getKey } from './keys/get-key.ts'
import { deleteMaterial, importMaterial } from './keys/import-material.ts'
import { getImportParameters } from './keys/import-parameters.ts'
import { importKey } from './keys/import-key.ts'
import {
  setDeletionProtection,
  setKeyDescription,
  setKeyEnabled,
} from './keys/key-attributes.ts'
import { listDeletedKeys, listKeys, listKeyVersions } from './keys/list-keys.ts'
import { generateMac, verifyMac } from './keys/macs.ts'
import {
  createManagerKey,
  getManagerKey,
  listManagerKeys,
  listManagerKeyVersions,
} from './keys/manager-keys.ts'
import { notifyKeyExpiry } from './keys/notify-key-expiry.ts'
import { purgeKey } from './keys/purge-key.ts'
import { exportDataKey } from './keys/export-data-key.ts'
import { generateDataKeyPair } from './keys/generate-data-key-pair.ts'
import { getRandomBytes } from './keys/random-bytes.ts'
import { recoverKey } from './keys/recover-key.ts'
import { rotateKey } from './keys/rotate-key.ts'
import { rotateKeyIfDue } from './keys/rotate-key-if-due.ts'
import { setRotationInterval } from './keys/rotation-interval.ts'
import { selectKeys } from './keys/select-keys.ts'
import { getRotationPolicy, setRotationPolicy } from './keys/rotation-policies.ts'
import { sign } from './keys/sign.ts'
import { unwrapKey } from './keys/unwrap-key.ts'
import { updateKey } from './keys/update-key.ts'
import { verify } from './keys/verify.ts'
import { walkKeys } from './keys/walk-keys.ts'
import { wrapKey } from './keys/wrap-key.ts'
import { createGroup, updateGroup } from './resource-groups/create-group.ts'
import { deleteGroup } from './resource-groups/delete-group.ts'
import { getResourceGroup, listGroups } from './resource-groups/list-groups.ts'
import { annotateSecret } from './secrets/annotate-secret.ts'
import { changeSecretTags } from './secrets/change-secret-tags.ts'
import { deleteSecret } from './secrets/delete-secret.ts'
import {
  describeSecret,
  describeSecretVersions,
  selectSecrets,
} from './secrets/describe-secrets.ts'
import { destroySecret } from './secrets/destroy-secret.ts'
import { generatePassword } from './secrets/generate-password.ts'
import { getDeletedSecret } from './secrets/get-deleted-secret.ts'
import { getSecret } from './secrets/get-secret.ts'
import { listDeletedSecrets, listSecrets, listSecretVersions } from './secrets/list-secrets.ts'
import {
  getManagerSecret,
  listManagerSecrets,
  setManagerSecret,
  updateManagerSecret,
} from './secrets/manager-secrets.ts'
import { purgeSecret } from './secrets/purge-secret.ts'
import { recoverSecret } from './secrets/recover-secret.ts'
import { putSecretVersion } from './secrets/put-secret-version.ts'
import { backupSecret, restoreSecret } from './secrets/secret-backup.ts'
import { getStagedSecret, moveSecretStage } from './secrets/staged-secrets.ts'
import { rotateSecret } from './secrets/rotate-secret.ts'
import { getSecretPolicy, setSecretPolicy } from './secrets/secret-policies.ts'
import { setSecret } from './secrets/set-secret.ts'
import { updateSecret } from './secrets/update-secret.ts'
import { walkSecrets } from './secrets/walk-secrets.ts'
import { acceptStore } from './server/accept-store.ts'
import { listAudit, pruneAudit } from './server/audit-operations.ts'
import { bootstrap } from './server/bootstrap.ts'
import { forgetDue } from './server/forget-due.ts'
import { removeDamaged } from './server/remove-damaged.ts'
import { rotateDataKey, rotateRootKey } from './server/seal-operations.ts'
import { getTlsMaterial, setTlsMaterial } from './server/tls-material.ts'
import { createTenant, listTenants } from './tenants/tenants.ts'
import { checkVaultName } from './vaults/check-vault-name.ts'
import { createVault } from './vaults/create-vault.ts'
import { deleteVault, purgeVault, recoverVault } from './vaults/delete-vault.ts'
import { getDeletedVault, getPurgeProgress } from './vaults/deleted-vaults.ts'
import { describeVault } from './vaults/describe-vault.ts'
import { getVault, listVaults } from './vaults/list-vaults.ts'
import { putWholeVault } from './vaults/put-vault.ts'
import { selectDeletedVaults, selectVaults } from './vaults/select-vaults.ts'
import {
  changeAccessPolicies,
  removeAccessPolicy,
  setAccessPolicy,
  updateVault,
} from './vaults/update-vault.ts'

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
    destroy: destroySecret,
    backup: backupSecret,
    restore: restoreSecret,
    putVersion: putSecretVersion,
    getStaged: getStagedSecret,
    moveStage: moveSecretStage,
    annotate: annotateSecret,
    rotate: rotateSecret,
    describe: describeSecret,
    select: selectSecrets,
    walk: walkSecrets,
    getPolicy: getSecretPolicy,
    setPolicy: setSecretPolicy,
    changeTags: changeSecretTags,
    describeVersions: describeSecretVersions,
    generatePassword,
  },
  keys: {
    create: createKey,
    import: importKey,
    update: updateKey,
    get: getKey,
    list: listKeys,
    listVersions: listKeyVersions,
    delete: deleteKey,
    getDeleted: getDeletedKey,
    listDeleted: listDeletedKeys,
    recover: recoverKey,
    purge: purgeKey,
    backup: backupKey,
    restore: restoreKey,
    rotate: rotateKey,
    rotateIfDue: rotateKeyIfDue,
    notifyExpiry: notifyKeyExpiry,
    getRotationPolicy,
    setRotationPolicy,
    describe: describeKey,
    walk: walkKeys,
    select: selectKeys,
    describeVersion: describeKeyVersion,
    describeVersions: describeKeyVersions,
    changeTags: changeKeyTags,
    setRotationInterval,
    getPolicy: getKeyPolicy,
    setPolicy: setKeyPolicy,
    setDescription: setKeyDescription,
    setEnabled: setKeyEnabled,
    generateDataKey,
    generateDataKeyPair,
    exportDataKey,
    generateMac,
    verifyMac,
    getImportParameters,
    importMaterial,
    deleteMaterial,
    setDeletionProtection,
    sign,
    verify,
    encrypt,
    decrypt,
    wrapKey,
    unwrapKey,
    getRandomBytes,
  },
  aliases: {
    create: createAlias,
    update: updateAlias,
    delete: deleteAlias,
    list: listAliases,
  },
  certificates: {
    create: createCertificate,
    import: importCertificate,
    get: getCertificate,
    update: updateCertificate,
    changeTags: changeCertificateTags,
    delete: deleteCertificate,
    list: listCertificates,
    listVersions: listCertificateVersions,
    getPolicy,
    updatePolicy,
    getPending,
    cancelPending,
    deletePending,
    merge: mergeCertificate,
    backup: backupCertificate,
    restore: restoreCertificate,
    setContacts,
    getContacts,
    deleteContacts,
    listIssuers,
    setIssuer,
    getIssuer,
    updateIssuer,
    deleteIssuer,
    revoke: revokeCertificate,
    listIssued: listIssuedCertificates,
    getAuthorityCertificate,
    getRevocationList,
    getOcspResponse,
    listDeleted: listDeletedCertificates,
    getDeleted: getDeletedCertificate,
    recover: recoverCertificate,
    purge: purgeCertificate,
    renewIfDue: renewCertificateIfDue,
    failRenewal,
    getOrder,
    setAcmeAccount,
    completeOrder,
    failOrder,
    notifyExpiry: notifyCertificateExpiry,
    tellExpired: tellCertificateExpired,
  },
  resourceGroups: {
    create: createGroup,
    update: updateGroup,
    get: getResourceGroup,
    list: listGroups,
    delete: deleteGroup,
  },
  vaults: {
    create: createVault,
    put: putWholeVault,
    update: updateVault,
    get: getVault,
    describe: describeVault,
    list: listVaults,
    select: selectVaults,
    getDeleted: getDeletedVault,
    selectDeleted: selectDeletedVaults,
    getPurgeProgress,
    checkName: checkVaultName,
    delete: deleteVault,
    recover: recoverVault,
    purge: purgeVault,
    setAccessPolicy,
    removeAccessPolicy,
    changeAccessPolicies,
  },
  vaultKeys: {
    get: getManagerKey,
    list: listManagerKeys,
    listVersions: listManagerKeyVersions,
    create: createManagerKey,
  },
  vaultSecrets: {
    get: getManagerSecret,
    list: listManagerSecrets,
    set: setManagerSecret,
    update: updateManagerSecret,
  },
  diagnostics: {
    set: setDiagnosticSetting,
    get: getDiagnosticSetting,
    list: listDiagnosticSettings,
    delete: deleteDiagnosticSetting,
  },
  principals: {
    create: createPrincipal,
    list: listPrincipals,
    update: updatePrincipal,
    delete: deletePrincipal,
  },
  directory: {
    get: getDirectoryEntry,
    getMany: getDirectoryEntries,
    list: listDirectory,
    listRelated,
    addOwner,
    removeOwner,
    createUser,
  },
  applications: {
    create: createApplication,
    update: updateApplication,
    delete: deleteApplication,
    createPrincipal: createServicePrincipal,
    deletePrincipal: deleteServicePrincipal,
    setCertificates,
  },
  credentials: {
    createSecret: createSecretCredential,
    addCertificate: createCertificateCredential,
    addFederated: createFederatedCredential,
    createAccessKey,
    update: updateCredential,
    list: listCredentials,
    delete: deleteCredential,
  },
  users: { setPassword, linkIdentity },
  self: { changePassword, addPasskey, removePasskey, listCredentials: listOwnCredentials },
  tenants: { create: createTenant, list: listTenants },
  subscriptions: { list: listSubscriptions },
  sessions: { create: assumeRole },
  accessPoints: {
    create: createAccessPoint,
    update: updateAccessPoint,
    get: getAccessPoint,
    list: listAccessPoints,
    delete: deleteAccessPoint,
  },
  accessPointPolicies: {
    create: createAccessPointPolicy,
    update: updateAccessPointPolicy,
    get: getAccessPointPolicy,
    list: listAccessPointPolicies,
    delete: deleteAccessPointPolicy,
  },
  networkRules: {
    create: createNetworkRule,
    update: updateNetworkRule,
    get: getNetworkRule,
    list: listNetworkRules,
    delete: deleteNetworkRule,
  },
  clientKeys: {
    create: createClientKey,
    get: getClientKey,
    list: listClientKeys,
    delete: deleteClientKey,
  },
  groups: { addMember: addGroupMember, removeMember: removeGroupMember },
  roleAssignments: {
    create: assignRole,
    get: getRoleAssignment,
    delete: unassignRole,
    list: listRoleAssignments,
    select: selectRoleAssignments,
    restoreOwner,
  },
  access: { explain: explainAccess, permissions: listOwnPermissions },
  roles: { create: createRole, put: putRole, get: getRole, list: listRoles, delete: deleteRole },
  audit: { list: listAudit, prune: pruneAudit },
  seal: { rotateRootKey, rotateDataKey },
  issuerKeys: { rotate: rotateIssuerKey },
  tls: { get: getTlsMaterial, set: setTlsMaterial },
  maintenance: { forgetDue, acceptStore },
  records: { removeDamaged },
  server: { initialise: bootstrap },
} as const
