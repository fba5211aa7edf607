import { Fault, isFault } from '@claviger/vault'

/** A request that this door refuses. */
export class IdentityRefusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  /** @param message a sentence for the client, with nothing of a credential in it. */
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'IdentityRefusal'
    this.status = status
    this.headers = headers
  }
}

/**
 * Turns whatever was thrown into a refusal. Clients try 404, 410, 429 and 5xx again, so what will
 * not change by itself is 400 or 401.
 */
export function identityRefusalOf(thrown: unknown): IdentityRefusal {
  if (thrown instanceof IdentityRefusal) return thrown
  if (isFault(thrown, 'SignInFailed')) {
    return thrown.detail.reason === 'IdentityUnknown'
      ? new IdentityRefusal(
          400,
          'Identity not found. Ask for no identity, or for the one of the header.',
        )
      : new IdentityRefusal(401, 'The identity header is not valid. Read it anew from connect.env.')
  }
  if (
    thrown instanceof Fault &&
    (thrown.code === 'StoreUnavailable' || thrown.code === 'AuditUnavailable')
  ) {
    return new IdentityRefusal(503, 'The server cannot answer at the moment. Try again later.', {
      'Retry-After': '1',
    })
  }
  if (isFault(thrown, 'RecordCorrupt')) {
    return new IdentityRefusal(503, 'A record of the server is damaged. Its operator finds which one in the log.')
  }
  return new IdentityRefusal(500, 'The server failed; its log tells why.')
}
