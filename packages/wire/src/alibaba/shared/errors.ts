/** How an error looks on this wire; `message` is what is said where nothing closer is known. */
export interface ErrorRow {
  readonly status: number
  readonly message: string
}

const mandatory = (name: string): ErrorRow => ({
  status: 400,
  message: `${name} is mandatory for this action.`,
})

const keyState = (state: string): ErrorRow => ({
  status: 409,
  message: `The request was rejected because the key state is ${state}.`,
})

/**
 * Every error of the shared gateway: code → status and message, letter by letter as published (with
 * the service's own slips), but for those marked "ours", of which only the code is published.
 */
export const ERRORS = {
  // The request itself.
  MissingParameter: { status: 400, message: 'The parameter needed but no provided.' },
  InvalidParameter: { status: 400, message: 'The specified parameter is not valid.' },
  ParseRequestParameterException: {
    status: 400,
    message: 'Server parse parameters exception. Please check your input params.',
  },
  MissingAction: mandatory('Action'),
  MissingVersion: mandatory('Version'),
  MissingAccessKeyId: mandatory('AccessKeyId'),
  MissingSignature: mandatory('Signature'),
  MissingSignatureMethod: mandatory('SignatureMethod'),
  MissingSignatureVersion: mandatory('SignatureVersion'),
  MissingSignatureNonce: mandatory('SignatureNonce'),
  MissingTimestamp: mandatory('Timestamp'),
  MissingSecurityToken: mandatory('SecurityToken'),
  UnsupportedHTTPMethod: { status: 403, message: 'This http method is not supported.' },
  'InvalidApi.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },

  // Who asks.
  IllegalTimestamp: {
    status: 400,
    message:
      'The input parameter "Timestamp" that is mandatory for processing this request ' +
      'is not supplied.',
  },
  'InvalidTimeStamp.Format': {
    status: 400,
    message: 'Specified time stamp or date value is not well formatted.',
  },
  'InvalidTimeStamp.Expired': {
    status: 400,
    message: 'Specified time stamp or date value is expired.',
  },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  SignatureDoesNotMatch: {
    status: 400,
    message: 'Specified signature is not matched with our calculation.',
  },
  IncompleteSignature: {
    status: 400,
    message: 'The request signature does not conform to Aliyun standards.',
  },
  'InvalidAccessKeyId.Inactive': { status: 400, message: 'Specified access key is disabled.' },
  'InvalidAccessKeyId.NotFound': {
    status: 404,
    message: 'The Access Key ID provided does not exist in our records.',
  },
  'InvalidSecurityToken.Expired': { status: 400, message: 'Specified SecurityToken is expired.' },
  'InvalidSecurityToken.Malformed': {
    status: 400,
    message: 'Specified SecurityToken is malformed.',
  },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    status: 400,
    message: 'Specified SecurityToken mismatch with the AccessKey.',
  },
  'Forbidden.NoPermission': {
    status: 403,
    message: 'This operation is forbidden by permission system.',
  },
  'Forbidden.AccessKey': { status: 403, message: 'This AccessKey is not enabled.' },
  'Forbidden.KmsServiceNotEnabled': {
    status: 403,
    message:
      'Kms service is not Enabled for current user. Please get access permission first.',
  },
  'Forbidden.ProhibitedByRiskControl': {
    status: 403,
    message: 'Current user is Prohibited By Risk Control.',
  },
  'Forbidden.InDebt': { status: 403, message: 'Current user is indebted.' },
  'Forbidden.InDebtOverdue': { status: 403, message: 'Current user is indebted Overdue.' },
  'Forbidden.UbsmsInvalidUserid': { status: 403, message: 'Userid Invalid For Ubsms.' },
  'Forbidden.UbsmsInvalidBid': {
    status: 403,
    message: 'Your account partner does not have KMS Service.',
  },

  // The server.
  'Rejected.Throttling': { status: 429, message: 'QPS Limit Exceeded' },
  Throttling: { status: 400, message: 'Request was denied due to request throttling.' },
  'Throttling.User': { status: 400, message: 'Request was denied due to user flow control.' },
  InternalFailure: { status: 500, message: 'Internal Failure' },
  ServiceUnavailableTemporary: { status: 503, message: 'Service Unavailable Temporary' },

  // What is not there.
  'Forbidden.KeyNotFound': { status: 404, message: 'The specified Key is not found.' },
  'Forbidden.KeyVersionNotFound': {
    status: 404,
    message: 'The specified Key version is not found.',
  },
  'Forbidden.AliasNotFound': { status: 404, message: 'The specified Alias is not found.' },
  'Forbidden.ResourceNotFound': { status: 404, message: 'Resource not found.' },
  'Certificate.NotFound': { status: 404, message: 'The specified certificate is not found.' },
  'InvalidResourceId.NotFound': {
    status: 404,
    message: 'The specified ResourceId is not found.',
  },
  'Forbidden.DKMSInstanceNotFound': {
    status: 403,
    message: 'The specified DKMS Instance is not found.',
  },

  // What it is asked of.
  'Forbidden.DKMSInstanceStateInvalid': {
    status: 403,
    message: 'The DKMS instance state is invalid.',
  },
  // Ours, these three, and their status is not known either.
  'Rejected.Uninitialized': { status: 403, message: 'The KMS instance is not initialized.' },
  'Forbidden.KMSInstanceInUpgrade': {
    status: 403,
    message: 'The KMS instance is being upgraded.',
  },
  'Forbidden.RamRoleNotFound': { status: 403, message: 'The RAM role is not found.' },
  'Forbidden.KeyPolicyUnSupported': {
    status: 400,
    message: 'The specified key does not support key policy.',
  },
  UnsupportedOperation: { status: 400, message: 'This action is not supported.' },
  'Rejected.UnsupportedOperation': { status: 400, message: 'Unsupported operation.' },
  'Unsupported.Origin': { status: 400, message: 'This key origin is not valid for this api' },
  'Unsupported.Alias': { status: 400, message: 'Alias is not valid for this api.' },
  'Unsupported.ProtectionLevel': {
    status: 400,
    message: 'This protection level is not valid for this region',
  },
  'Rejected.Enabled': keyState('Enabled'),
  'Rejected.Disabled': keyState('Disabled'),
  'Rejected.PendingDeletion': keyState('PendingDeletion'),
  'Rejected.PendingImport': keyState('PendingImport'),
  'Rejected.Unavailable': keyState('Unavailable'),
  'Rejected.StateModifiedFailed': { status: 409, message: 'Keystate modified failed.' },
  'Rejected.ResourceExist': { status: 409, message: 'The resource already exists.' },
  'Rejected.ResourceInDeleteWindow': {
    status: 409,
    message: 'The secret is planned to be deleted.',
  },
  'Rejected.ResourceInUse': { status: 409, message: 'restore normal secret' },

  // What it is asked with.
  AliasAlreadyExists: { status: 400, message: 'AliasName Already Exists.' },
  InvalidKeyMaterial: { status: 400, message: 'key material is invalid' },
  InvalidImportToken: { status: 400, message: 'import token is invalid' },
  ExpiredImportToken: { status: 400, message: 'import token is expired' },
  'Rejected.LimitExceeded': {
    status: 400,
    message: 'The request was rejected because user create resource limit was exceeded',
  },
  'Rejected.ShareQuotaExceedLimit': {
    status: 400,
    message: 'Instance Share Quota Exceed Limit.',
  },
  'Rejected.InvalidRequest': { status: 400, message: 'param mismatch' },
  'InvalidParameter.TagKey': { status: 400, message: 'The specified parameter is not valid.' },
  'InvalidParameter.TagValue': { status: 400, message: 'The specified parameter is not valid.' },
  'Duplicate.TagKey': { status: 400, message: 'The specified tagKey is duplicate.' },

  // Buying the service.
  CreateLXOrderFailed: { status: 400, message: 'Create order failed.' },
  'Forbidden.NoRealNameAuthentication': {
    status: 400,
    message: 'Real name authentication is needed.',
  },
  'Forbidden.Opened': { status: 400, message: 'Your kms service has been opened.' },

  // The three ends of a request with DryRun=true. Ours, and the status is not known either.
  DryRunOperationError: {
    status: 400,
    message: 'The request would have succeeded, but DryRun is set.',
  },
  ValidationError: { status: 400, message: 'The parameters of the request are not valid.' },
  AccessDeniedError: { status: 400, message: 'The request is not authorized.' },
} as const satisfies Readonly<Record<string, ErrorRow>>

export type ErrorCode = keyof typeof ERRORS
