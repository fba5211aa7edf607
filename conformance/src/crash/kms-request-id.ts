import { randomUUID } from 'node:crypto'

// Answers of the shared gateway name the server's own request id, and a lost answer names none: the
// audit keeps the user agent, so that says which request it was.

const PREFIX = 'crash/'

/** A user agent that no other request has. */
export function newRequestId(): string {
  return `${PREFIX}${randomUUID()}`
}

export function isNamedBy(userAgent: string): boolean {
  return userAgent.startsWith(PREFIX)
}
