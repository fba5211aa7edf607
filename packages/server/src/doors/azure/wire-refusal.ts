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
    super(message)
    this.name = 'WireRefusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
