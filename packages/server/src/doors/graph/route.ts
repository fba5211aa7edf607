import type { Call, Operations, Tenant, Vault } from '@claviger/vault'
import type { RestMethod } from '../../rest/route-table.ts'
import type { GraphSettings } from './settings.ts'

/** `directory/get`, … : every operation of the registry. */
export type OperationName = {
  [Noun in keyof Operations]: `${Noun}/${keyof Operations[Noun] & string}`
}[keyof Operations]

/** What a route is given: who asks, of which tenant, at what path, with what query and body. */
export interface GraphRequest {
  readonly vault: Vault
  readonly call: Call
  /** That of the caller. */
  readonly tenant: Tenant
  /** Whole seconds since 1970. */
  readonly now: number
  readonly settings: GraphSettings
  /** `https://host[:port]/v1.0`, as the client wrote it. */
  readonly base: string
  /** The path behind the version, as the client wrote it, for links that it follows. */
  readonly path: string
  /** Percent-decoded, by the names in the route's path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** @throws GraphRefusal when the body is not a JSON object. */
  body(): object
}

export interface GraphReply {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** One route: how a request becomes operations, and their results an answer. */
export interface GraphRoute {
  readonly method: RestMethod
  /** Behind the version, in the words of the router; matched in any case. */
  readonly path: string
  /** Every operation that it performs; none for what is the same for everybody. */
  readonly operations: readonly OperationName[]
  /** What it is answered with when all goes well, for the audit; 200 when absent. */
  readonly successStatus?: 201 | 204
  answer(request: GraphRequest): Promise<GraphReply>
}
