const bad = { status: 400 } as const
const invalid = { ...bad, code: 'InvalidParam' } as const
const keyNotFound = { status: 404, code: 'Forbidden.KeyNotFound' } as const
const rejected = { status: 409 } as const

interface Row<Detail> {
  readonly status: number
  /** Without one the answer has no body. */
  readonly code: string | undefined
  readonly message: (detail: Detail) => string
}

/** What each refusal says of the request. All of it goes to the client. */
export interface RefusalDetail {
  readonly ContentTypeUnsupported: { readonly contentType: string }
  readonly BodyTooLarge: object
  readonly ApiVersionInvalid: { readonly apiVersion: string }
  readonly ApiNameInvalid: { readonly apiName: string }
  readonly DateInvalid: object
  readonly DateSkewed: object
  readonly SignatureMethodInvalid: { readonly signatureMethod: string }
  readonly AuthorizationInvalid: object
  readonly ContentDigestInvalid: object
  readonly ParameterMissing: { readonly parameter: string }
  readonly ParameterInvalid: object
  readonly OperationUnsupported: object
  readonly SignatureNotMatched: object
  readonly AccessKeyUnknown: { readonly accessKeyId: string }
  readonly NoPermission: { readonly resource: string }
  readonly KeyIdOrAliasUnknown: object
  readonly KeyNotInKeyStore: { readonly keyStore: string }
  readonly KeyUnknown: object
  readonly SecretUnknown: object
  readonly SecretPendingDeletion: object
  readonly KeyPendingDeletion: object
  readonly KeyDisabled: object
  readonly KeyPendingImport: object
  readonly Throttled: object
  readonly InternalFailure: object
  readonly Unavailable: object
}

export type RefusalReason = keyof RefusalDetail

/**
 * Every error of the instance gateway, letter by letter: clients compare some of these sentences
 * (`The Param Date is invalid.`). Codes and messages are the vendor's; not confirmed by a public
 * source are the text of SecretUnknown and the status of Throttled.
 */
const ROWS: { readonly [Reason in RefusalReason]: Row<RefusalDetail[Reason]> } = {
  ContentTypeUnsupported: {
    status: 415,
    code: 'InvalidContentType',
    message: ({ contentType }) => `Content-Type "${shown(contentType)}" is unsupported.`,
  },
  BodyTooLarge: { status: 413, code: undefined, message: () => 'The body is larger than 3 MiB.' },
  ApiVersionInvalid: {
    ...bad,
    code: 'InvalidApiVersion',
    message: ({ apiVersion }) => `The ApiVersion "${shown(apiVersion)}" is invalid.`,
  },
  ApiNameInvalid: {
    ...bad,
    code: 'InvalidApiName',
    message: ({ apiName }) => `The ApiName "${shown(apiName)}" is invalid.`,
  },
  DateInvalid: { ...invalid, message: () => 'The Param Date is invalid.' },
  DateSkewed: {
    ...bad,
    code: 'RequestTimeTooSkewed',
    message: () => 'Request time exceeds server time more than 15 minutes.',
  },
  SignatureMethodInvalid: {
    ...invalid,
    message: ({ signatureMethod }) =>
      `The Param x-kms-signaturemethod is invalid. [message:"${shown(signatureMethod)}".]`,
  },
  AuthorizationInvalid: { ...invalid, message: () => 'The Param Authorization is invalid.' },
  ContentDigestInvalid: { ...invalid, message: () => 'The Param Content-SHA256 is invalid.' },
  ParameterMissing: {
    ...bad,
    code: 'MissingParameter',
    message: ({ parameter }) => `Parameter ${parameter} does not exist in http header or body.`,
  },
  ParameterInvalid: {
    ...bad,
    code: 'InvalidParameter',
    message: () => 'The specified parameter is not valid.',
  },
  OperationUnsupported: {
    ...bad,
    code: 'UnsupportedOperation',
    message: () => 'Rejected.UnsupportedOperation',
  },
  SignatureNotMatched: {
    status: 401,
    code: 'SignatureNotMatch',
    message: () => 'Signature is not matched.',
  },
  AccessKeyUnknown: {
    status: 404,
    code: 'Unauthorized',
    message: ({ accessKeyId }) =>
      `The AccessKey ID "${shown(accessKeyId)}" does not exist in our records.`,
  },
  NoPermission: {
    status: 403,
    code: 'Forbidden.NoPermission',
    message: ({ resource }) =>
      `This operation for "${shown(resource)}" is forbidden by permission system.`,
  },
  KeyIdOrAliasUnknown: {
    ...keyNotFound,
    message: () => 'The key Key ID or Alias does not exist in the system.',
  },
  KeyNotInKeyStore: {
    ...keyNotFound,
    message: ({ keyStore }) =>
      `The key Key ID or Alias does not exist in the key store "${shown(keyStore)}".`,
  },
  KeyUnknown: { ...keyNotFound, message: () => 'The specified key does not exist.' },
  SecretUnknown: {
    status: 404,
    code: 'Forbidden.ResourceNotFound',
    message: () => 'Resource not found.',
  },
  SecretPendingDeletion: {
    ...rejected,
    code: 'Rejected.ResourceInDeleteWindow',
    message: () => 'The secret is planned to be deleted.',
  },
  KeyPendingDeletion: {
    ...rejected,
    code: 'Rejected.PendingDeletion',
    message: () => 'The request was rejected because the key state is PendingDeletion.',
  },
  KeyDisabled: {
    ...rejected,
    code: 'Rejected.Disabled',
    message: () => 'The request was rejected because the key state is Disabled.',
  },
  KeyPendingImport: {
    ...rejected,
    code: 'Rejected.PendingImport',
    message: () => 'The request was rejected because the key state is PendingImport.',
  },
  Throttled: { status: 429, code: 'Rejected.Throttling', message: () => 'QPS Limit Exceeded' },
  InternalFailure: { status: 500, code: 'InternalFailure', message: () => 'Internal Failure.' },
  Unavailable: {
    status: 503,
    code: 'ServiceUnavailableTemporary',
    message: () => 'Service Unavailable Temporary.',
  },
}

/** A request that the instance gateway refuses, as the wire shows it. */
export class Refusal<Reason extends RefusalReason = RefusalReason> extends Error {
  readonly reason: Reason
  /** HTTP. */
  readonly status: number
  /** ErrorCode; `undefined` when the answer has no body. */
  readonly code: string | undefined

  constructor(reason: Reason, detail: RefusalDetail[Reason], options?: ErrorOptions) {
    const { status, code, message } = ROWS[reason]
    super(message(detail), options)
    this.name = 'Refusal'
    this.reason = reason
    this.status = status
    this.code = code
  }
}

const LONGEST_ECHO = 128

/** What the client has sent comes back to it, but no more than anybody would name a thing. */
function shown(text: string): string {
  return text.length <= LONGEST_ECHO ? text : `${text.slice(0, LONGEST_ECHO)}…`
}
