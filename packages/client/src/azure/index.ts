export * from '../core/index.ts'
export type {
  EncryptionAlgorithm,
  KeyCurveName,
  KeyKind,
  KeyWrapAlgorithm,
  SignatureAlgorithm,
} from './algorithms.ts'
export { CertificateClient } from './certificate-client.ts'
export type { CertificateClientOptions } from './certificate-client.ts'
export type * from './certificate-models.ts'
export {
  DefaultCertificatePolicy,
  WellKnownIssuerNames,
  WellKnownIssuerNames as WellKnownIssuer,
} from './certificate-policy-models.ts'
export type * from './certificate-policy-models.ts'
export type { CertificatePoller } from './certificate-poller.ts'
export type { AuthorityOptions } from './credentials/authority.ts'
export { ChainedTokenCredential } from './credentials/chained-token-credential.ts'
export { ClientCertificateCredential } from './credentials/client-certificate-credential.ts'
export type {
  ClientCertificateCredentialOptions,
  ClientCertificatePEMCertificate,
  ClientCertificatePEMCertificatePath,
} from './credentials/client-certificate-credential.ts'
export { ClientSecretCredential } from './credentials/client-secret-credential.ts'
export type { ClientSecretCredentialOptions } from './credentials/client-secret-credential.ts'
export { DefaultCredential } from './credentials/default-credential.ts'
export type { DefaultCredentialOptions } from './credentials/default-credential.ts'
export { EnvironmentCredential } from './credentials/environment-credential.ts'
export { ManagedIdentityCredential } from './credentials/managed-identity-credential.ts'
export type { ManagedIdentityCredentialOptions } from './credentials/managed-identity-credential.ts'
export { WorkloadIdentityCredential } from './credentials/workload-identity-credential.ts'
export type { WorkloadIdentityCredentialOptions } from './credentials/workload-identity-credential.ts'
export { CryptographyClient } from './cryptography-client.ts'
export type { CryptographyClientOptions } from './cryptography-client.ts'
export type * from './cryptography-models.ts'
export type { ObjectPoller, ObjectPollState } from './deletion-pollers.ts'
export type * from './issuer-models.ts'
export { KeyClient } from './key-client.ts'
export type { KeyClientOptions } from './key-client.ts'
export type * from './key-models.ts'
export type * from './key-options.ts'
export * from './known-values.ts'
export { KnownDeletionRecoveryLevel as KnownDeletionRecoveryLevels } from './known-values.ts'
export type * from './official-names.ts'
export {
  parseKeyVaultCertificateIdentifier,
  parseKeyVaultKeyIdentifier,
  parseKeyVaultSecretIdentifier,
} from './object-id.ts'
export type { KeyVaultIdentifier } from './object-id.ts'
export type {
  DeletionProperties,
  DeletionRecoveryLevel,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'
export { SecretClient } from './secret-client.ts'
export type { SecretClientOptions } from './secret-client.ts'
export type * from './secret-models.ts'
export type { AccessToken, GetTokenOptions, TokenCredential } from './token-credential.ts'
export type { VaultClientOptions } from './vault-connection.ts'
