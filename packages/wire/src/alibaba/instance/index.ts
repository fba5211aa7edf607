export { checkHead, checkRequest, type CheckedRequest } from './check-request.ts'
export * from './client-key-file.ts'
export { decodeMessage } from './decode-message.ts'
export { encodeMessage } from './encode-message.ts'
export { errorBody } from './error-body.ts'
export * from './header-names.ts'
export { isSignedBy } from './is-signed-by.ts'
export { MalformedMessage } from './malformed-message.ts'
export type { Message, MessageName } from './message.ts'
export {
  isOperation,
  OPERATIONS,
  type Operation,
  type RequestOf,
  type ResponseOf,
} from './operations.ts'
export * from './protocol.ts'
export { readOperationRequest } from './read-operation-request.ts'
export { Refusal, type RefusalDetail, type RefusalReason } from './refusal.ts'
export { responseHeaders } from './response-headers.ts'
export { signRequest, type RequestToSign } from './sign-request.ts'
export { stringToSign } from './string-to-sign.ts'
