import type { FaultCode, FaultDetail } from '@claviger/vault'
import { plainFaults } from '../../plain-faults.ts'

/** How a fault looks on this wire. */
export interface GraphFault<Detail> {
  readonly status: number | ((detail: Detail) => number)
  readonly code: string | ((detail: Detail) => string)
  readonly message: (detail: Detail) => string
  readonly retryAfterSeconds?: (detail: Detail) => number
}

type GraphFaults = { readonly [Code in FaultCode]?: GraphFault<FaultDetail[Code]> }
type DirectoryType = FaultDetail['DirectoryObjectExists']['type']

const TAKEN: { readonly [Type in DirectoryType]?: (id: string) => string } = {
  userPrincipalName: () =>
    'Another object with the same value for property userPrincipalName already exists.',
  identifierUri: () =>
    'Another object with the same value for property identifierUris already exists.',
  groupMember: () =>
    "One or more added object references already exist for the following modified properties: 'members'.",
  owner: () =>
    "One or more added object references already exist for the following modified properties: 'owners'.",
}

const SAME_KEY: { readonly [Type in DirectoryType]?: (id: string) => string } = {
  principal: (id) =>
    'The service principal cannot be created, updated, or restored because the service principal ' +
    `name ${id} is already in use.`,
  credential: (id) => `FederatedIdentityCredential with name ${id} already exists.`,
}

/** Where this wire has words of its own; the rest is said as `plainFaults` says it. */
const OWN: GraphFaults = {
  InvalidInput: {
    status: 400,
    code: 'Request_BadRequest',
    message: ({ property, reason }) =>
      `Invalid value specified for property '${property}': ${reason}.`,
  },
  AccessDenied: {
    status: 403,
    code: 'Authorization_RequestDenied',
    message: ({ action, resource }) =>
      'Insufficient privileges to complete the operation. ' +
      `It needs the action '${action}' at the scope '${resource}'.`,
  },
  TokenMissing: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: () => 'Access token is empty.',
  },
  TokenInvalid: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: ({ reason, expected = '' }) =>
      reason === 'AudienceWrong'
        ? `Access token validation failure. Invalid audience; it must be '${expected}'.`
        : reason === 'Expired'
          ? 'Lifetime validation failed, the token is expired.'
          : `Access token validation failure (${reason}). Request a new access token.`,
  },
  TooManyRequests: {
    status: 429,
    code: 'TooManyRequests',
    message: ({ retryAfterSeconds }) =>
      `The request is being throttled. Try again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds: ({ retryAfterSeconds }) => retryAfterSeconds,
  },
  DirectoryObjectNotFound: {
    status: ({ type }) => (type === 'clientId' ? 400 : 404),
    code: ({ type }) => (type === 'clientId' ? 'Request_BadRequest' : 'Request_ResourceNotFound'),
    message: ({ type, id }) =>
      type === 'clientId'
        ? `The appId '${id}' of the service principal does not reference a valid application object.`
        : `Resource '${id}' does not exist or one of its queried reference-property objects are not ` +
          'present.',
  },
  DirectoryObjectExists: {
    status: ({ type }) => (SAME_KEY[type] === undefined ? 400 : 409),
    code: ({ type }) =>
      SAME_KEY[type] === undefined
        ? 'Request_BadRequest'
        : 'Request_MultipleObjectsWithSameKeyValue',
    message: ({ type, id }) =>
      (SAME_KEY[type] ?? TAKEN[type])?.(id) ?? 'An object with the same key value already exists.',
  },
  Conflict: {
    status: 409,
    code: 'Directory_ConcurrencyViolation',
    message: () => 'Others change the same object at the same time. Send the request again.',
  },
}

const PLAIN_CODES: Readonly<Record<number, string>> = {
  400: 'Request_BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  409: 'Request_Conflict',
  503: 'ServiceUnavailable',
}

/** The fault as this wire shows it. */
export function graphFault<Code extends FaultCode>(code: Code): GraphFault<FaultDetail[Code]> {
  const own = (OWN as { readonly [Any in Code]?: GraphFault<FaultDetail[Code]> })[code]
  if (own !== undefined) return own
  const plain = plainFaults[code]
  const { status } = plain
  const message = (detail: FaultDetail[Code]): string => plain.message(detail)
  const passing = status === 503 ? { retryAfterSeconds: () => 1 } : {}
  return { status, code: PLAIN_CODES[status] ?? code, message, ...passing }
}
