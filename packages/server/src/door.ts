/**
 * What a door is: a plain request in, a plain answer out. Doors know no socket and no framework, so a
 * door test needs neither; `listener.ts` alone knows fastify.
 */
export interface WireRequest {
  /** Upper case. */
  readonly method: string
  /** The path as it came, still percent-encoded, without the query. */
  readonly path: string
  /** The query as it came, without `?`; empty when there is none. */
  readonly query: string
  /** Names in lower case; a header that came twice is joined with `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** The Host header's name, lower case, without port; brackets of an IPv6 address removed. */
  readonly host: string
  /** The Host header's port, `undefined` when it named none. */
  readonly port: number | undefined
  /** The peer's IP address; that of an IPv4 client in its own form, never as `::ffff:…`. */
  readonly clientAddress: string
  /** Given by the listener to each request; a UUID, also the answer's `x-ms-request-id`. */
  readonly requestId: string
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Sent as it is; empty for answers without a body. */
  readonly body: string | Uint8Array
}

/** A refusal that the listener itself makes before any door has seen the request. */
export type ListenerRefusal =
  | { readonly reason: 'BodyTooLarge'; readonly limitBytes: number }
  | { readonly reason: 'BodyIncomplete' }
  | { readonly reason: 'Overloaded' }

export interface Door {
  /** For metrics and logs: `azure`, `entra`, `identity`, `pki`, `health`, `admin`. */
  readonly name: string
  /** The largest body a request may have, where it differs from the listener's own limit. */
  bodyLimitBytes?(head: Omit<WireRequest, 'body'>, standardBytes: number): number
  /**
   * Asked of a request that has a body, before any of it is read: an answer refuses it. Else whoever
   * has no business here could fill the memory. `answer` does not rely on it.
   * @param head the request with an empty body.
   */
  admit?(head: WireRequest): Promise<Answer | undefined>
  answer(request: WireRequest): Promise<Answer>
  /** Renders a refusal of the listener in this door's own error shape. */
  refuse(request: WireRequest, refusal: ListenerRefusal): Answer
}

/** Picks the door for a host; `undefined` is an unknown host, which the listener refuses with 421. */
export type DoorForHost = (host: string, port: number | undefined, path: string) => Door | undefined
