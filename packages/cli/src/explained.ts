import {
  AccessDeniedError,
  AuthenticationError,
  ClavigerError,
  ConflictError,
  ConnectionError,
  CredentialUnavailableError,
  ResourceNotFoundError,
  ServiceUnavailableError,
  ThrottledError,
  TimeoutError,
} from '@claviger/client/azure'
import { UnresolvedReferenceError } from '@claviger/client/cache'
import { CliError } from './cli-error.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { MessageName, Say } from './language/messages.ts'

/** What is said about a failure, and how the command ends. */
export interface Explanation {
  readonly message: string
  readonly exitCode: number
}

/** The words for a failure: the service's own, and what to do about it. */
export function explained(thrown: unknown, say: Say): Explanation {
  if (thrown instanceof CliError) return thrown
  if (thrown instanceof UnresolvedReferenceError && thrown.cause instanceof ClavigerError) {
    // Its own text names the setting; how it ends is the matter of what stood behind it.
    const { exitCode } = explained(thrown.cause, say)
    return { message: thrown.message, exitCode }
  }
  if (thrown instanceof ClavigerError) {
    const { code, message, requestId } = thrown
    const hint = hintFor(thrown)
    const details = [code, ...(requestId === undefined ? [] : [say('requestId', { id: requestId })])]
    const lines = [`${message} (${details.join(', ')})`, ...(hint === undefined ? [] : [say(hint)])]
    return { message: lines.join('\n'), exitCode: exitCodeOf(thrown) }
  }
  // A message of the system quotes a path at most; of anything else none is shown.
  if (thrown instanceof Error && 'syscall' in thrown) {
    return { message: thrown.message, exitCode: EXIT.failed }
  }
  const name = thrown instanceof Error ? thrown.name : typeof thrown
  return { message: say('defect', { name }), exitCode: EXIT.failed }
}

function exitCodeOf(error: ClavigerError): ExitCode {
  if (error instanceof ResourceNotFoundError) return EXIT.notFound
  if (error instanceof AccessDeniedError || error instanceof AuthenticationError) {
    return EXIT.notAllowed
  }
  if (error instanceof ConflictError) return EXIT.conflict
  return isUnreachable(error) ? EXIT.unreachable : EXIT.failed
}

function isUnreachable(error: ClavigerError): boolean {
  return [ConnectionError, TimeoutError, ThrottledError, ServiceUnavailableError].some(
    (Class) => error instanceof Class,
  )
}

function hintFor(error: ClavigerError): MessageName | undefined {
  if (error instanceof CredentialUnavailableError) return 'hintNoCredential'
  if (error instanceof AccessDeniedError) return 'hintDenied'
  if (error instanceof ConflictError) return 'hintDeletedName'
  if (!(error instanceof ConnectionError)) return undefined
  return isUntrusted(error) ? 'hintUntrusted' : 'hintUnreachable'
}

/** Whether a certificate was the reason, by the codes that OpenSSL's checks have in Node. */
export function isUntrusted(error: ClavigerError): boolean {
  return /UNABLE_TO_|SELF_SIGNED|CERT_|ERR_TLS_/.test(error.message)
}
