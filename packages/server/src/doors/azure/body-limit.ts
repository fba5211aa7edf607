import type { WireRequest } from '../../door.ts'

/** A backup of 500 versions of the largest value, sealed and twice in base64, and some room. */
const RESTORE_LIMIT_BYTES = 32 * 1024 * 1024

const RESTORE_PATH = /^\/+[a-z]+\/restore\/?$/i

/**
 * The largest body that a request may have, for the listener to ask as soon as it has the head.
 * A restore may bring a whole backup, but only with a token: `admit` has checked it by then.
 */
export function bodyLimitBytes(
  { method, path, headers }: Pick<WireRequest, 'method' | 'path' | 'headers'>,
  standardBytes = 1024 * 1024,
): number {
  const isRestore = method === 'POST' && RESTORE_PATH.test(path)
  if (!isRestore || headers['authorization'] === undefined) return standardBytes
  return Math.max(standardBytes, RESTORE_LIMIT_BYTES)
}
