import type { Call, Operations, RequestFacts, Tenant, Vault } from '@claviger/vault'
import type { azure } from '@claviger/wire'
import type { RestMethod } from '../../rest/route-table.ts'
import type { ArmPlace, ArmSettings } from './settings.ts'

/** `vaults/create`, … : every operation of the registry. */
export type OperationName = {
  [Noun in keyof Operations]: `${Noun}/${keyof Operations[Noun] & string}`
}[keyof Operations]

/** What a route is given: who asks, of which tenant, at what path, with what query and body. */
export interface ArmRequest {
  readonly vault: Vault
  readonly call: Call
  /** That of the caller; its subscription is the one in the path. */
  readonly tenant: Tenant
  readonly place: ArmPlace
  /** `https://host[:port]` as the client wrote it. */
  readonly origin: string
  /** As the client wrote it. */
  readonly path: string
  readonly settings: ArmSettings
  /** As the client wrote it, for links that it follows. */
  readonly apiVersion: string
  /** Percent-decoded, by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>
  /** Of a route on scopes: the resource id before it, `/` for none; empty for others. */
  readonly scope: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  /** @throws ArmRefusal when the body is not a JSON object. */
  body(): azure.JsonMembers
}

export interface ArmReply {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** One route: how a request becomes operations, and their results an answer. */
export interface ArmRoute {
  readonly method: RestMethod
  /** In the words of the router; matched in any case. */
  readonly path: string
  /** The path is what follows any resource id, as for role assignments. */
  readonly onScope?: true
  /** Every operation that it performs; none for what is the same for everybody. */
  readonly operations: readonly OperationName[]
  /** What it is answered with when all goes well, for the audit; 200 when absent. */
  readonly successStatus?: 201 | 202 | 204
  /** Where that depends on what was there. */
  readonly outcomeStatus?: RequestFacts['outcomeStatus']
  answer(request: ArmRequest): Promise<ArmReply>
}
