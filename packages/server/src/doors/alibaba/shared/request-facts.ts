import type { RequestFacts } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { WireRequest } from '../../../door.ts'
import { originOf } from '../../../origin.ts'
import { refusalOf } from './fault-refusal.ts'

const LONGEST_CLIENT_INFO = 200

/** What the audit records of a request: its action, no other parameter, no header but the agent. */
export function requestFacts(request: WireRequest, action: string): RequestFacts {
  return {
    correlationId: request.requestId,
    clientAddress: request.clientAddress,
    clientInfo: printable(request.headers['user-agent'] ?? '').slice(0, LONGEST_CLIENT_INFO),
    requestUri: `${originOf(request)}/?Action=${action.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 64)}`,
    apiVersion: alibaba.shared.API_VERSION,
    successStatus: 200,
    statusOf: (thrown) => refusalOf(thrown).status,
  }
}

function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '')
}
