import type { RequestFacts } from '@claviger/vault'
import { clientInfo, printable } from '../client-info.ts'
import type { WireRequest } from '../door.ts'
import { originOf } from '../origin.ts'

const LONGEST_PATH = 1024

/** The client's own id for the request, when it is fit to be sent back and recorded. */
export function clientRequestId({ headers }: Pick<WireRequest, 'headers'>): string | undefined {
  const id = headers['x-ms-client-request-id'] ?? headers['client-request-id']
  return id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id) ? id : undefined
}

/** What the audit records of a request of the control plane: no query, no header but the agent. */
export function restRequestFacts(
  request: WireRequest,
  apiVersion: string,
  statusOf: (thrown: unknown) => number,
  answered: Partial<Pick<RequestFacts, 'outcomeStatus' | 'successStatus'>> = {},
): RequestFacts {
  const query = apiVersion === '' ? '' : `?api-version=${apiVersion}`
  return {
    correlationId: clientRequestId(request) ?? request.requestId,
    clientAddress: request.clientAddress,
    clientInfo: clientInfo(request),
    requestUri: `${originOf(request)}${printable(request.path).slice(0, LONGEST_PATH)}${query}`,
    apiVersion,
    successStatus: 200,
    statusOf,
    ...answered,
  }
}
