export {
  API_VERSIONS,
  apiVersionFor,
  isApiVersionAtLeast,
  NEWEST_API_VERSION,
  type ApiVersion,
} from './api-versions.ts'
export { decodeBase64url, encodeBase64url } from './base64url.ts'
export * from './certificate-authority-parameters.ts'
export type * from './certificate-bundle.ts'
export * from './certificate-parameters.ts'
export * from './certificate-policy-parameters.ts'
export { challenge } from './challenge.ts'
export { errorBody, type ErrorBody } from './error-body.ts'
export { JsonMembers, MalformedMember } from './json-members.ts'
export type * from './key-bundle.ts'
export * from './key-parameters.ts'
export * from './key-operation-parameters.ts'
export * from './key-rotation-policy.ts'
export type { ListResult } from './list-result.ts'
export { objectId, type Collection } from './object-id.ts'
export { omitUndefined, type OmitUndefined } from './omit-undefined.ts'
export type * from './secret-bundle.ts'
export * from './secret-parameters.ts'
export { decodeSkipToken, encodeSkipToken } from './skip-token.ts'
