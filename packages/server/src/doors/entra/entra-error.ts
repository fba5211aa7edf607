/** An error of the token endpoint: OAuth's word for it (RFC 6749 §5.2) and Entra's number. */
interface Row {
  readonly status: number
  readonly error: string
  /** The digits after AADSTS. */
  readonly number: number
  readonly message: (about: string) => string
}

/**
 * What this door refuses. Clients and people look for the numbers, so they are Entra's wherever it
 * has one; the sentences are ours and say what to change.
 */
export const ENTRA_ERRORS = {
  ParameterMissing: {
    status: 400,
    error: 'invalid_request',
    number: 900144,
    message: (name) => `The request body must contain the parameter '${name}'. Add it to the form.`,
  },
  RequestMalformed: {
    status: 400,
    error: 'invalid_request',
    number: 90013,
    message: (what) => `The request cannot be understood: ${what}.`,
  },
  GrantTypeUnsupported: {
    status: 400,
    error: 'unsupported_grant_type',
    number: 70003,
    message: (grant) =>
      `The grant type '${grant}' is not supported here. ` +
      "Sign in as an application, with 'client_credentials'.",
  },
  TenantNotFound: {
    status: 400,
    error: 'invalid_request',
    number: 90002,
    message: (tenant) =>
      `Tenant '${tenant}' not found. ` +
      "Use the tenant id that the server printed when it started, or 'adfs'.",
  },
  CredentialMissing: {
    status: 401,
    error: 'invalid_client',
    number: 7000216,
    message: () =>
      "'client_secret' or 'client_assertion' is required to sign in as an application.",
  },
  /** One answer for every failed sign-in: nobody learns which applications there are. */
  SignInFailed: {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    message: () =>
      'The client id or its credential is not valid. ' +
      'Check both; the reason is in the audit log of the server.',
  },
  ResourceUnknown: {
    status: 400,
    error: 'invalid_resource',
    number: 500011,
    message: (resource) =>
      `The resource '${resource}' is not known here. ` +
      'Ask for https://vault.<domain> of this server.',
  },
  ScopeInvalid: {
    status: 400,
    error: 'invalid_scope',
    number: 70011,
    message: (scope) =>
      `The scope '${scope}' is not valid. It must be one resource followed by '/.default'.`,
  },
  InstanceUnknown: {
    status: 400,
    error: 'invalid_instance',
    number: 50049,
    message: (host) => `The login host '${host}' is not one of this server.`,
  },
  TooManyRequests: {
    status: 429,
    error: 'temporarily_unavailable',
    number: 90055,
    message: () => 'Too many sign-ins have failed. Wait for as long as Retry-After says.',
  },
  MethodNotAllowed: {
    status: 405,
    error: 'invalid_request',
    number: 900561,
    message: (method) => `The endpoint does not take ${method} requests.`,
  },
  NotFound: {
    status: 404,
    error: 'invalid_request',
    number: 90019,
    message: () =>
      'There is nothing at this path. The token endpoint is /{tenant}/oauth2/v2.0/token.',
  },
  BodyTooLarge: {
    status: 413,
    error: 'invalid_request',
    number: 90013,
    message: (limit) => `The request body is larger than ${limit} bytes.`,
  },
  BodyIncomplete: {
    status: 408,
    error: 'invalid_request',
    number: 90013,
    message: () => 'The request body did not arrive in time. Send the request again.',
  },
  Unavailable: {
    status: 503,
    error: 'temporarily_unavailable',
    number: 90033,
    message: () => 'The server cannot answer at the moment. Send the request again later.',
  },
  RecordDamaged: {
    status: 503,
    error: 'temporarily_unavailable',
    number: 90033,
    message: () => 'A record of the server is damaged. Its operator finds which one in the log.',
  },
  ServerError: {
    status: 500,
    error: 'server_error',
    number: 90025,
    message: () => 'The server failed; its log tells why under the trace id.',
  },
} as const satisfies Record<string, Row>

export type EntraErrorName = keyof typeof ENTRA_ERRORS

const LONGEST_ABOUT = 100

/** A request that this door refuses by itself. */
export class EntraRefusal extends Error {
  readonly row: EntraErrorName
  readonly about: string
  readonly headers: Readonly<Record<string, string>>

  /** @param about what the client sent, never a credential; cut and made printable here. */
  constructor(row: EntraErrorName, about = '', headers: Readonly<Record<string, string>> = {}) {
    super(row)
    this.name = 'EntraRefusal'
    this.row = row
    this.about = about.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, LONGEST_ABOUT)
    this.headers = headers
  }
}
