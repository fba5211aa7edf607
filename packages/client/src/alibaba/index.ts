export {
  AccessDeniedError,
  AuthenticationError,
  BadRequestError,
  ClavigerError,
  ConflictError,
  ConnectionError,
  CredentialUnavailableError,
  ResourceNotFoundError,
  ServiceUnavailableError,
  ThrottledError,
  TimeoutError,
  UnexpectedAnswerError,
} from '../core/index.ts'
export type {
  ErrorDetail,
  Fetch,
  Page,
  PagedAsyncIterableIterator,
  PageSettings,
} from '../core/index.ts'
export type { KmsActionMethods, WithOptions } from './actions/action-methods.ts'
export { KMS_ACTIONS, type KmsActionName } from './actions/action-names.ts'
export type * from './actions/aliases.ts'
export type * from './actions/application-access.ts'
export type * from './actions/asymmetric.ts'
export type * from './actions/certificates.ts'
export type * from './actions/instances.ts'
export type * from './actions/keys.ts'
export type * from './actions/managed-data-keys.ts'
export type * from './actions/secrets.ts'
export type * from './actions/service.ts'
export type * from './actions/shared-types.ts'
export type * from './actions/symmetric.ts'
export type * from './actions/tags.ts'
export { assumeRoleCredential, type AssumeRoleOptions } from './assume-role-credential.ts'
export { KmsClient, type KmsClientOptions } from './kms-client.ts'
export type { KmsConfig } from './kms-config.ts'
export {
  environmentCredential,
  type KmsCredential,
  type KmsCredentialProvider,
} from './kms-credential.ts'
export type { KmsPlatform, TlsTrust } from './kms-platform.ts'
export type { KmsResponse } from './kms-response.ts'
export type { KmsRuntimeOptions } from './kms-runtime-options.ts'
export type { KmsListings, PageParameter } from './listings.ts'
export type { OpenApiConfig, SharedSignature } from './open-api-config.ts'
export { INSTANCE_ACTIONS, type KmsInstanceAction } from './route.ts'
