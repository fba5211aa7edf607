import type { RequestFacts } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { clientInfo } from '../../../client-info.ts'
import type { WireRequest } from '../../../door.ts'
import { originOf } from '../../../origin.ts'
import { refusalOf, type Said } from './fault-refusal.ts'

/** What the audit records of a request: its operation, nothing of its message. */
export function requestFacts(
  request: WireRequest,
  operation: alibaba.instance.Operation,
  said: Said,
): RequestFacts {
  return {
    correlationId: request.requestId,
    clientAddress: request.clientAddress,
    clientInfo: clientInfo(request),
    requestUri: `${originOf(request)}/?Action=${operation}`,
    apiVersion: alibaba.instance.API_VERSION,
    successStatus: 200,
    statusOf: (thrown) => refusalOf(thrown, said).status,
  }
}
