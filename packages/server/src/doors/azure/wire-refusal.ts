/** A refusal of the request itself, before any operation: the domain has no fault for it. */
export class WireRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    // Nobody reads where a refusal of a request was made, and to find out costs more than the rest
    // of a 404 (a tenth of an authenticated request that leads nowhere).
    const frames = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = frames
    this.name = 'WireRefusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
