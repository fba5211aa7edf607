import type { RequestFacts } from '@claviger/vault'
import { clientInfo } from '../../client-info.ts'
import type { WireRequest } from '../../door.ts'
import { clientRequestId } from './client-request-id.ts'
import { originOf } from '../../origin.ts'
import { renderError } from './render-error.ts'
import { shorten } from '../../rest/shorten.ts'

const LONGEST_PATH = 1024

/** What the audit records of a request: no query but the api-version, no header but the agent. */
export function requestFacts(
  request: WireRequest,
  apiVersion: string,
  successStatus: number,
): RequestFacts {
  const path = shorten(request.path, LONGEST_PATH)
  return {
    correlationId: clientRequestId(request) ?? request.requestId,
    clientAddress: request.clientAddress,
    clientInfo: clientInfo(request),
    requestUri: `${originOf(request)}${path}?api-version=${apiVersion}`,
    apiVersion,
    successStatus,
    statusOf: (fault) => renderError(fault).status,
  }
}
