/** A refusal of the request itself, before any operation, in Microsoft Graph's shape. */
export class GraphRefusal extends Error {
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
    this.name = 'GraphRefusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** The refusal of a request that says something wrong. */
export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_BadRequest', message)
}

/** The refusal of a query that is not served. */
export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_UnsupportedQuery', message)
}
