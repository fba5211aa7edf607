import { assignRole, listRoleAssignments, unassignRole } from './access/role-assignments.ts'
import { createRole, listRoles } from './access/custom-roles.ts'
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
import { updateCertificate } from './certificates/update-certificate.ts'
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
import { createAlias, deleteAlias, listAliases, updateAlias } from './keys/aliases.ts'
import { backupKey, restoreKey } from './keys/key-backup.ts'
import { createKey } from './keys/create-key.ts'
import { decrypt } from './keys/decrypt.ts'
import { deleteKey } from './keys/delete-key.ts'
import { describeKey, describeKeys } from './keys/describe-key.ts'
import { encrypt } from './keys/encrypt.ts'
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
import { notifyKeyExpiry } from './keys/notify-key-expiry.ts'
import { purgeKey } from './keys/purge-key.ts'
import { getRandomBytes } from './keys/random-bytes.ts'
import { recoverKey } from './keys/recover-key.ts'
import { rotateKey } from './keys/rotate-key.ts'
import { rotateKeyIfDue } from './keys/rotate-key-if-due.ts'
import { getRotationPolicy, setRotationPolicy } from './keys/rotation-policies.ts'
import { sign } from './keys/sign.ts'
import { unwrapKey } from './keys/unwrap-key.ts'
import { updateKey } from './keys/update-key.ts'
import { verify } from './keys/verify.ts'
import { wrapKey } from './keys/wrap-key.ts'
import { deleteSecret } from './secrets/delete-secret.ts'
import { getDeletedSecret } from './secrets/get-deleted-secret.ts'
import { getSecret } from './secrets/get-secret.ts'
import { listDeletedSecrets, listSecrets, listSecretVersions } from './secrets/list-secrets.ts'
import { purgeSecret } from './secrets/purge-secret.ts'
import { recoverSecret } from './secrets/recover-secret.ts'
import { putSecretVersion } from './secrets/put-secret-version.ts'
import { backupSecret, restoreSecret } from './secrets/secret-backup.ts'
import {
  describeSecret,
  describeSecrets,
  describeSecretVersions,
  getStagedSecret,
  moveSecretStage,
  setSecretDescription,
} from './secrets/staged-secrets.ts'
import { setSecret } from './secrets/set-secret.ts'
import { updateSecret } from './secrets/update-secret.ts'
import { acceptStore } from './server/accept-store.ts'
import { listAudit, pruneAudit } from './server/audit-operations.ts'
import { bootstrap } from './server/bootstrap.ts'
import { forgetDue } from './server/forget-due.ts'
import { removeDamaged } from './server/remove-damaged.ts'
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
    putVersion: putSecretVersion,
    getStaged: getStagedSecret,
    moveStage: moveSecretStage,
    setDescription: setSecretDescription,
    describe: describeSecret,
    describeAll: describeSecrets,
    describeVersions: describeSecretVersions,
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
    describeAll: describeKeys,
    setDescription: setKeyDescription,
    setEnabled: setKeyEnabled,
    generateDataKey,
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
  maintenance: { forgetDue, acceptStore },
  records: { removeDamaged },
  server: { initialise: bootstrap },
} as const
