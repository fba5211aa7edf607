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
      "Sign in as an application with 'client_credentials', as a person with " +
      "'authorization_code' or a device code.",
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
  /** One answer for every failed sign-in of an application: nobody learns which part was right. */
  SignInFailed: {
    status: 401,
    error: 'invalid_client',
    number: 7000215,
    message: () =>
      'The client id or its credential is not valid. ' +
      'Check both; the reason is in the audit log of the server.',
  },
  ClientUnknown: {
    status: 400,
    error: 'unauthorized_client',
    number: 700016,
    message: (client) =>
      `The application '${client}' is not in this directory. Check the client id and the tenant.`,
  },
  ClientProofMissing: {
    status: 401,
    error: 'invalid_client',
    number: 7000218,
    message: () =>
      "The request must contain 'client_secret' or 'client_assertion': " +
      'the application is not registered as a public client for this.',
  },
  RedirectUnregistered: {
    status: 400,
    error: 'invalid_client',
    number: 50011,
    message: (uri) =>
      `The redirect URI '${uri}' is not one that the application has registered. ` +
      'Register it, letter by letter.',
  },
  RedirectDiffers: {
    status: 400,
    error: 'invalid_grant',
    number: 500112,
    message: () =>
      'The redirect URI is another than the one the code was given out for. Send that one.',
  },
  ResponseTypeUnsupported: {
    status: 400,
    error: 'unsupported_response_type',
    number: 70005,
    message: (type) => `The response type '${type}' is not supported here. Ask for 'code'.`,
  },
  ResponseModeUnsupported: {
    status: 400,
    error: 'invalid_request',
    number: 70007,
    message: (mode) =>
      `The response mode '${mode}' is not supported. Use 'query', 'fragment' or 'form_post'.`,
  },
  ChallengeMissing: {
    status: 400,
    error: 'invalid_request',
    number: 9_002_325,
    message: () =>
      "Proof Key for Code Exchange is required: send 'code_challenge' with " +
      "'code_challenge_method' S256.",
  },
  ChallengeInvalid: {
    status: 400,
    error: 'invalid_request',
    number: 501_491,
    message: () => 'The code_challenge must be a SHA-256 digest in base64url, 43 characters.',
  },
  VerifierMissing: {
    status: 400,
    error: 'invalid_grant',
    number: 50_148,
    message: () =>
      "The code was given out for a code_challenge. Send the 'code_verifier' it was made of.",
  },
  VerifierWrong: {
    status: 400,
    error: 'invalid_grant',
    number: 501_481,
    message: () => 'The code_verifier does not match the code_challenge of the authorization request.',
  },
  LoginRequired: {
    status: 400,
    error: 'login_required',
    number: 50_058,
    message: () => 'Nobody is signed in here, and the request has asked for no page (prompt=none).',
  },
  SignInDeclined: {
    status: 400,
    error: 'access_denied',
    number: 65_004,
    message: () => 'The person has declined to sign in.',
  },
  UserSignInFailed: {
    status: 400,
    error: 'invalid_grant',
    number: 50_126,
    message: () => 'The user name or the password is not right.',
  },
  UserGone: {
    status: 400,
    error: 'invalid_grant',
    number: 50_034,
    message: () => 'The user that has signed in is not there any more. Sign in as another one.',
  },
  UserDisabled: {
    status: 400,
    error: 'invalid_grant',
    number: 50_057,
    message: () => 'The user account is disabled.',
  },
  ExternalUserUnknown: {
    status: 403,
    error: 'access_denied',
    number: 50_020,
    message: () =>
      'The account of the other provider is not linked to a user here. Ask the operator to link it.',
  },
  ExternalProviderFailed: {
    status: 502,
    error: 'temporarily_unavailable',
    number: 50_089,
    message: () => 'The other provider has not signed you in. Begin again; the log tells more.',
  },
  GrantInvalid: {
    status: 400,
    error: 'invalid_grant',
    number: 70_000,
    message: () => 'The code or refresh token is not one of this server. Sign in again.',
  },
  CodeExpired: {
    status: 400,
    error: 'invalid_grant',
    number: 70_008,
    message: () => 'The code has expired; it lives for five minutes. Sign in again.',
  },
  CodeRedeemed: {
    status: 400,
    error: 'invalid_grant',
    number: 54_005,
    message: () =>
      'The code was redeemed already. What came of it is revoked now; sign in again.',
  },
  RefreshTokenExpired: {
    status: 400,
    error: 'invalid_grant',
    number: 700_082,
    message: () => 'The refresh token has expired. Sign in again.',
  },
  RefreshTokenRevoked: {
    status: 400,
    error: 'invalid_grant',
    number: 50_173,
    message: () => 'The sign-in was revoked. Sign in again.',
  },
  AuthorizationPending: {
    status: 400,
    error: 'authorization_pending',
    number: 70_016,
    message: () => 'Nobody has entered the code yet. Ask again after the interval.',
  },
  SlowDown: {
    status: 400,
    error: 'slow_down',
    number: 70_016,
    message: () => 'Nobody has entered the code yet. Ask again after the interval, not before.',
  },
  DeviceDeclined: {
    status: 400,
    error: 'authorization_declined',
    number: 65_004,
    message: () => 'The person has declined the sign-in of the device.',
  },
  DeviceCodeWrong: {
    status: 400,
    error: 'bad_verification_code',
    number: 70_018,
    message: () => 'The device code is not one of this server, or another client has asked for it.',
  },
  DeviceCodeExpired: {
    status: 400,
    error: 'expired_token',
    number: 70_020,
    message: () => 'The device code has expired. Ask for a new one.',
  },
  DeviceCodeRedeemed: {
    status: 400,
    error: 'invalid_grant',
    number: 54_005,
    message: () => 'The device code was redeemed already. Ask for a new one.',
  },
  UserCodeWrong: {
    status: 400,
    error: 'invalid_request',
    number: 70_019,
    message: () => 'The code is not right, was used, or has expired.',
  },
  PageStale: {
    status: 400,
    error: 'invalid_request',
    number: 165_000,
    message: () =>
      'The page has come from elsewhere or is too old, or the browser keeps no cookies. ' +
      'Go back, load it again and try once more.',
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
    message: () =>
      'Too many sign-ins have failed, or wait at this moment. Wait for as long as Retry-After says.',
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
