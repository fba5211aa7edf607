import type { Call, Operations, Vault, VaultRecord } from '@claviger/vault'
import type { azure } from '@claviger/wire'
import type { AzureQuery } from './azure-query.ts'

/** `secrets/set`, … : every operation of the registry. */
export type OperationName = {
  [Noun in keyof Operations]: `${Noun}/${keyof Operations[Noun] & string}`
}[keyof Operations]

export type AzureMethod = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'

/** What a route is given: who asks, at which vault, for which object, with what query and body. */
export interface RouteRequest {
  readonly vault: Vault
  readonly call: Call
  /** The vault that the host names. */
  readonly container: VaultRecord
  /** `https://host[:port]` as the client wrote it. */
  readonly origin: string
  /** As the client wrote it, for the links that it follows. */
  readonly apiVersion: string
  /** Percent-decoded; empty where the path has no name. */
  readonly name: string
  /** `undefined` where the path has none or an empty one. */
  readonly version: string | undefined
  readonly query: AzureQuery
  /** Adds a header to the answer, should it be a success. */
  setHeader(name: 'Location' | 'Retry-After', value: string): void
  /** @throws WireRefusal when the body is not a JSON object. */
  body(): azure.JsonMembers
}

/** One route: how a request becomes an operation, and its result an answer. */
export interface AzureRoute {
  readonly method: AzureMethod
  /** In the words of the router: `:name`, and `:version?` for what may be missing or empty. */
  readonly path: string
  /** The first api-version that has it. */
  readonly since: azure.ApiVersion
  readonly operation: OperationName
  readonly successStatus: 200 | 201 | 202 | 204
  /** The JSON body of the answer; `undefined` for none. */
  answer(request: RouteRequest): Promise<object | undefined>
}

/** A route that is only known: the service's operation is not offered, the answer is a refusal. */
export type UnservedRoute = Omit<AzureRoute, 'operation'>
