/** A request as it came over HTTP. */
export interface RawRequest {
  /** Upper case; both signatures cover it. */
  readonly method: string
  /** As the client signed it, still percent-encoded: `/` for every official client. */
  readonly path: string
  /** Without `?`; empty when there is none. */
  readonly query: string
  /** Names in lower case, among them `host` with its port as the client sent it. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}
