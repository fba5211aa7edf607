export type { ActionRow, ActionTable } from './actions/action-row.ts'
export {
  ACTION_FAMILIES,
  actionRow,
  ACTIONS,
  API_VERSION,
  demandAction,
  type ActionName,
} from './actions/actions.ts'
export { CONFIDENTIAL_PARAMETERS } from './actions/confidential-parameters.ts'
export type {
  Filter,
  Parameter,
  ParameterKind,
  ParameterLimits,
  ParameterValues,
  Presence,
  Tag,
} from './actions/parameter.ts'
export { readActionParameters, type ActionParameters } from './actions/read-action-parameters.ts'
export { signAcs3 } from './acs3-signature.ts'
export type { AnswerObject, AnswerValue } from './answer-value.ts'
export { decodeBase64, encodeBase64 } from './base64.ts'
export { ERRORS, type ErrorCode, type ErrorRow } from './errors.ts'
export { formatInstanceId, parseInstanceId } from './instance-id.ts'
export {
  isAliasName,
  isKeyId,
  isReservedAlias,
  parseKeyReference,
  type KeyReference,
} from './key-names.ts'
export { formatKeyVersionId, parseKeyVersionId, type KeyVersionId } from './key-version-id.ts'
export { invalidParameter, KmsRefusal, missingParameter } from './kms-refusal.ts'
export { percentEncode } from './percent-encoding.ts'
export type { RawRequest } from './raw-request.ts'
export { answerFormat, readParameters, type AnswerFormat } from './read-parameters.ts'
export { readSignedRequest } from './read-signed-request.ts'
export {
  renderError,
  renderSuccess,
  type AnswerContext,
  type ErrorContext,
  type ErrorWords,
  type RenderedAnswer,
} from './render-answer.ts'
export { RequestParameters } from './request-parameters.ts'
export {
  formatResourceName,
  parseResourceName,
  RESOURCE_KINDS,
  type ResourceKind,
  type ResourceName,
} from './resource-names.ts'
export { signRpc, signRpcWithClientKey, type RpcHmacMethod } from './rpc-signature.ts'
export { rpcStringToSign } from './rpc-string-to-sign.ts'
export { signatureMismatch } from './signature-mismatch.ts'
export type {
  Acs3Algorithm,
  Acs3Request,
  RpcRequest,
  RpcSignatureMethod,
  SignedRequest,
} from './signed-request.ts'
export { stringsToSign, verifySignature, type SigningCredential } from './verify-signature.ts'
export { formatWireTime, parseWireTime } from './wire-time.ts'
