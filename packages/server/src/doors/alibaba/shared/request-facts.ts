import type { RequestFacts } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { clientInfo } from '../../../client-info.ts'
import type { WireRequest } from '../../../door.ts'
import { originOf } from '../../../origin.ts'
import { refusalOf } from './fault-refusal.ts'

/** What the audit records of a request: its action, no other parameter, no header but the agent. */
export function requestFacts(request: WireRequest, action: string): RequestFacts {
  return {
    correlationId: request.requestId,
    clientAddress: request.clientAddress,
    clientInfo: clientInfo(request),
    requestUri: `${originOf(request)}/?Action=${action.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 64)}`,
    apiVersion: alibaba.shared.API_VERSION,
    successStatus: 200,
    statusOf: (thrown) => refusalOf(thrown).status,
  }
}
