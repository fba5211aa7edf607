export * from './fault.ts'
export * from './time.ts'
export { isGuid } from './identifier.ts'
export type { Store, StoredRecord, Change, Check, Put } from './store/store.ts'
export { prefixEnd, prefixOf, recordKeyOf, type RecordKey } from './store/record-key.ts'
export { assertChange } from './store/assert-change.ts'
export { RecordDigest, type RecordVersion } from './store/record-digest.ts'
export { differenceText, nameDifferences, type NamedDifference } from './store/name-differences.ts'
export { openStoreHead, sealStoreHead, type StoreHead } from './store/store-head.ts'
export { keyRange } from './store/key-range.ts'
export { CLAIM_WINDOW_MS, ClaimTable } from './store/claim-table.ts'
export { MemoryStore, type MemoryContents } from './store/memory.ts'
export { Secret } from './seal/secret.ts'
export type { Sealed } from './seal/sealed.ts'
export type { Seal, Content } from './seal/seal.ts'
export type { SealMaterial, SealType } from './seal/seal-material.ts'
export { initialise } from './seal/initialise.ts'
export { unseal } from './seal/unseal.ts'
export type { Unsealed } from './seal/unsealed.ts'
export type { Keyring } from './seal/keyring.ts'
export { keyringFromWorkerMaterial } from './seal/keyring-from-worker-material.ts'
export type { AuditEntry, RequestFacts } from './audit/entry.ts'
export { entryText, type EntryFacts } from './audit/entry-text.ts'
export * from './audit/chain.ts'
export type { AuditLog, ChainedEntry, HeadSealer } from './audit/audit-log.ts'
export { openHead } from './audit/open-head.ts'
export * from './audit/verify-chain.ts'
export type { Call, Caller } from './access/caller.ts'
export type { AccessView, PrincipalAccess } from './access/access-cache.ts'
export { OPERATIONS } from './operations.ts'
export type { VaultEvent, VaultEventType } from './events/vault-event.ts'
export type { Operation, Target } from './operation.ts'
export type { Ports } from './performer.ts'
export { openVault, type Operations, type Vault } from './vault.ts'
export {
  PERMISSIONS,
  POLICY_PERMISSIONS,
  type Permission,
  type PermissionName,
  type PolicyClass,
} from './access/permissions.ts'
export {
  brokenAccessRuleText,
  type AccessRule,
  type BrokenAccessRule,
} from './access/access-rule.ts'
export { BUILT_IN_ROLES, ROLE_IDS } from './access/built-in-roles.ts'
export {
  PRINCIPAL_TYPES,
  type PrincipalType,
  type RoleAssignment,
  type RoleDefinition,
} from './access/role.ts'
export type { ExplainAccessInput, ExplainedAccess } from './access/explain-access.ts'
export type { Explanation } from './access/explanation.ts'
export type { GrantedActions } from './access/own-permissions.ts'
export type { CreateRoleInput, ListRolesInput, WrittenRole } from './access/custom-roles.ts'
export type { AssignRoleInput } from './access/role-assignments.ts'
export type { SelectRoleAssignmentsInput } from './access/select-role-assignments.ts'
export { PROVIDER_OPERATIONS, type ProviderOperations } from './access/provider-operations.ts'
export type { AccessPolicy } from './access/access-policy.ts'
export type { NamedPrincipal, ObjectPolicyInput } from './access/put-object-policy.ts'
export { tenantEpochKey, type Tenant } from './directory/tenant.ts'
export type { Principal, PrincipalKind } from './directory/principal.ts'
export type { Credential } from './directory/credential.ts'
export type { Application } from './directory/application.ts'
export type { Attributes, Json } from './directory/attributes.ts'
export { objectOfEntry, type DirectoryEntry, type DirectoryPlace } from './directory/directory-entry.ts'
export type { DirectoryCollection } from './directory/directory-index.ts'
export type { DirectoryPage, ListDirectoryInput, ListRelatedInput } from './directory/read-directory.ts'
export type { DirectoryRelation } from './directory/related-ids.ts'
export type { WantedCertificate } from './directory/replace-certificates.ts'
export {
  Identity,
  type ClientGrant,
  type IdentityGrant,
  type IdentitySettings,
  type TokenUse,
} from './directory/identity.ts'
export type { ClientProof, SignInPorts } from './directory/authenticate-client.ts'
export type { IdentityChoice, IdentityProof } from './directory/authenticate-identity.ts'
export type { FetchJson } from './directory/fetch-json.ts'
export type { IssuedToken } from './directory/token-issuer.ts'
export { PASSKEY_SIGN_IN, type People, type UserProof } from './directory/people.ts'
export type { Devices, StartedDevice } from './directory/devices.ts'
export type { UserTokenForm, UserTokens, UserTokenService } from './directory/user-tokens.ts'
export type { SignInSession } from './directory/sign-in-session.ts'
export { challengeDigest, type Challenge } from './directory/sign-in-challenge.ts'
export { redirectKind, type ClientApplication } from './directory/client-application.ts'
export type { ExternalIdentity } from './directory/external-identity.ts'
export type { ExternalUser } from './directory/put-external-user.ts'
export type { PasskeyCredential } from './directory/credential.ts'
export type { PasskeyProof } from './directory/authenticate-user.ts'
export type { IssuerKeyPlace } from './directory/issuer-key-source.ts'
export type { TrustedIssuer } from './directory/trusted-issuer.ts'
export { parsePublicJwks } from './directory/public-jwks.ts'
export { replayClaim } from './directory/replay-claim.ts'
export type { SignedRequests } from './directory/signed-requests.ts'
export type { AccessKeyProof } from './directory/authenticate-access-key.ts'
export type { ClientKeyProof } from './directory/authenticate-client-key.ts'
export type { CredentialSummary } from './directory/credentials.ts'
export type { CreatedAccessKey } from './directory/create-access-key.ts'
export type { AssumedRole, AssumeRoleInput } from './directory/assume-role.ts'
export type { AccessPoint } from './access-points/access-point.ts'
export type {
  AccessPointPermission,
  AccessPointPolicy,
} from './access-points/access-point-policy.ts'
export type { NetworkRule } from './access-points/network-rule.ts'
export type { ClientKey, CreatedClientKey } from './access-points/client-keys.ts'
export { clientKeyPkcs12 } from './access-points/client-key-pkcs12.ts'
export {
  audienceOf,
  isAudienceOf,
  isCloudNameOf,
  KEY_VAULT_APPLICATION,
  type TokenAudience,
} from './directory/token-audience.ts'
export type { IssuerKey } from './directory/issuer-key.ts'
export {
  resourceGroupOf,
  type NetworkAcls,
  type VaultRecord,
  type VaultSettings,
  type VirtualNetworkRule,
} from './vaults/vault-record.ts'
export { firewallRefusal, type Firewall } from './vaults/vault-firewall.ts'
export { isVaultName } from './vaults/vault-rules.ts'
export type { PutVaultInput } from './vaults/put-vault.ts'
export type { PolicyChange, UpdateVaultInput } from './vaults/update-vault.ts'
export type { SelectVaultsInput } from './vaults/select-vaults.ts'
export {
  resourceGroupScope,
  subscriptionScope,
  type ResourceGroup,
} from './resource-groups/resource-group.ts'
export { isResourceGroupName } from './resource-groups/resource-rules.ts'
export {
  readAuditSubscriptions,
  readDeliveryMark,
  readDiagnosticEpoch,
  writeDeliveryMark,
  type AuditSubscription,
} from './diagnostics/audit-subscriptions.ts'
export {
  DESTINATION_KINDS,
  type DiagnosticSetting,
  type LogChoice,
  type MetricChoice,
  type RetentionPolicy,
  type WantedDestination,
} from './diagnostics/diagnostic-setting.ts'
export { LOG_CATEGORIES, METRIC_CATEGORIES } from './diagnostics/log-categories.ts'
export type { SetDiagnosticSettingInput } from './diagnostics/set-diagnostic-setting.ts'
export type { DescribedVault } from './vaults/describe-vault.ts'
export type { Page, PageInput } from './page.ts'
export type {
  DeletedSecretHead,
  SecretProperties,
  SecretRef,
  SecretVersion,
} from './secrets/secret.ts'
export type { SecretWithValue } from './secrets/get-secret.ts'
export type { DeletedKeyHead, KeyProperties, KeyRef, KeyVersion } from './keys/key.ts'
export type { KeyRotationPolicy } from './keys/rotation-policies.ts'
export type { DescribedKey } from './keys/read-described-key.ts'
export type { KeyAlias } from './keys/aliases.ts'
export type { KeyPlace } from './keys/find-key.ts'
export type { GeneratedDataKey } from './keys/generate-data-key.ts'
export type { GeneratedDataKeyPair } from './keys/generate-data-key-pair.ts'
export type { Recipient } from './keys/recipient.ts'
export type { ImportWrapping } from './keys/import-parameters.ts'
export type { KeyHead } from './keys/key.ts'
export { rotationSeconds } from './keys/rotation-interval.ts'
export type { Selection, SelectionInput } from './select-page.ts'
export { changedTags, type TagChange } from './changed-tags.ts'
export type { DescribedSecret, DescribedSecretVersion } from './secrets/describe-secrets.ts'
export type { StagedSecret } from './secrets/staged-secrets.ts'
export type { EncryptionKey, SecretHead, SecretRotation } from './secrets/secret.ts'
export type { SecretCreation } from './secrets/secret-creation.ts'
export { isObjectName } from './object-name.ts'
export { CURRENT, labelOfVersion, PREVIOUS, stagesOf, type Stage } from './secrets/secret-stages.ts'
export type { Encrypted, EncryptedBy } from './keys/encrypt.ts'
export type { Decrypted } from './keys/decrypt.ts'
export { keyIdentifierOf } from './certificates/key-identifier-of.ts'
export { joinName } from './certificates/x509/join-name.ts'
export { splitName, type NameAttribute } from './certificates/x509/split-name.ts'
export type { AlternativeNames } from './certificates/alternative-names.ts'
export type {
  CertificateRef,
  CertificateVersion,
  DeletedCertificateHead,
  ShownCertificate,
} from './certificates/certificate.ts'
export type { CertificatePolicy, LifetimeAction } from './certificates/certificate-policy.ts'
export type { PolicyInput } from './certificates/complete-policy.ts'
export type { CertificateContact } from './certificates/contacts.ts'
export type { ShownDeletedCertificate } from './certificates/delete-certificate.ts'
export type {
  CertificateIssuer,
  IssuerAdministrator,
  IssuerRef,
} from './certificates/issuer.ts'
export type { OrderToPlace } from './certificates/order/get-order.ts'
export type { IssuedRecord, Revocation } from './certificates/authority/issued-record.ts'
export type { PublishedOcspResponse } from './certificates/authority/get-ocsp-response.ts'
export type { PublishedRevocationList } from './certificates/authority/get-revocation-list.ts'
export {
  REVOCATION_REASONS,
  type RevocationReason,
} from './certificates/authority/revocation-reason.ts'
export type { RevokeCertificateInput } from './certificates/authority/revoke-certificate.ts'
export type { PendingCertificate } from './certificates/pending-certificate.ts'
export type { NamedPolicy } from './certificates/policies.ts'
export { systemCall, authenticateLocalOperator } from './directory/authenticate-system.ts'
export { isCredentialValid, type OwnCredential } from './directory/check-credential.ts'
export { runDue, type DueOrder, type SchedulerReport } from './scheduler.ts'
export type { Bootstrapped } from './server/bootstrap.ts'
export { CONNECT_CREDENTIAL } from './tenants/put-new-tenant.ts'
export type { TlsMaterial, TlsRole } from './server/tls-material.ts'
export type { SealControl, Services } from './operation.ts'
export { actionMatches } from './access/action-matches.ts'
export { roleGrants } from './access/decide.ts'
export { DenialLimit } from './access/denial-limit.ts'
export { RateLimit, type RateLimitSettings } from './directory/rate-limit.ts'
export { addressGroup } from './directory/address-group.ts'
export { ENCRYPTIONS, MACS, SIGNATURES, WRAPS } from './crypto/algorithms.ts'
export type { EncryptionRow, MacRow, SignatureRow, WrapRow } from './crypto/algorithm-rows.ts'
export {
  HMAC_BYTES,
  OCT_BITS,
  OCT_IMPORT_BYTES,
  RSA_BITS,
  RSA_EXPONENTS,
} from './crypto/key-limits.ts'
export type {
  EncryptionAlgorithm,
  MacAlgorithm,
  SignatureAlgorithm,
  WrapAlgorithm,
} from './crypto/algorithms.ts'
export type {
  EcCurve,
  KeySpec,
  KeyType,
  OkpCurve,
  PublicKey,
  Sm2PublicKey,
} from './crypto/key-spec.ts'
export type {
  CipherInput,
  CipherOutput,
  KeyHandle,
  NewKey,
  PlainInput,
  PrivateNumbers,
  Provider,
} from './crypto/provider.ts'
export { publicKeyDer } from './crypto/public-key-der.ts'
export { readPublicKey, type ReadPublicKey } from './crypto/read-public-key.ts'
export { pemOf } from './crypto/pem-of.ts'
export { sm2Digest } from './crypto/sm2-digest.ts'
export { sm3 } from './crypto/sm3.ts'
export { sm2DerCiphertext, sm2JoinedCiphertext } from './crypto/software/sm2-ciphertext.ts'
export {
  SoftwareProvider,
  type SoftwareProviderOptions,
} from './crypto/software/software-provider.ts'
