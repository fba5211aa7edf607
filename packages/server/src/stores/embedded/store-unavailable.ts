import { Fault, isFault } from '@claviger/vault'

/**
 * What the operator is told of an error that SQLite, or node:sqlite, has thrown. SQLite's own short
 * text for the code is used: unlike its message it never has a path, a key or a statement in it.
 */
export function storeUnavailable(cause: unknown): Fault<'StoreUnavailable'> {
  if (isFault(cause, 'StoreUnavailable')) return cause
  return new Fault('StoreUnavailable', { reason: reasonOf(cause) }, { cause })
}

function reasonOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'the store failed'
  if ('errstr' in cause && typeof cause.errstr === 'string') return cause.errstr
  if ('code' in cause && cause.code === 'ERR_INVALID_STATE') return 'the store is closed'
  if ('syscall' in cause && 'code' in cause) return `the data folder cannot be used (${String(cause.code)})`
  return 'the store failed'
}
