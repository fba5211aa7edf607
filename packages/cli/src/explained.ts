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
import { KmsFailure } from './kms/kms-failure.ts'
import type { MessageName, Say } from './language/messages.ts'
import { isSystemError, systemProblem } from './system-problem.ts'

/** What is said about a failure, and how the command ends. */
export interface Explanation {
  readonly message: string
  readonly exitCode: number
}

/** What helps with a service. */
type Hints = Readonly<Record<'credential' | 'denied' | 'unreachable' | 'untrusted', MessageName>>

const VAULT_HINTS: Hints = {
  credential: 'hintNoCredential',
  denied: 'hintDenied',
  unreachable: 'hintUnreachable',
  untrusted: 'hintUntrusted',
}

const KMS_HINTS: Hints = {
  credential: 'hintNoKmsCredential',
  denied: 'hintKmsDenied',
  unreachable: 'hintKmsUnreachable',
  untrusted: 'hintKmsUntrusted',
}

/** Failures whose own words name an option of the library that a command line has not. */
const OWN_WORDS: Readonly<Record<string, MessageName>> = {
  ChallengeResourceMismatch: 'otherResource',
  TenantNotAllowed: 'otherTenant',
}

/** The words for a failure: the service's own, and what to do about it. */
export function explained(thrown: unknown, say: Say): Explanation {
  if (thrown instanceof CliError) return thrown
  if (thrown instanceof UnresolvedReferenceError && thrown.cause instanceof ClavigerError) {
    // Its own text names the setting; how it ends is the matter of what stood behind it.
    const { exitCode } = explained(thrown.cause, say)
    return { message: thrown.message, exitCode }
  }
  if (thrown instanceof KmsFailure) return ofService(thrown.cause, KMS_HINTS, say)
  if (thrown instanceof ClavigerError) return ofService(thrown, VAULT_HINTS, say)
  // It quotes a path at most; of anything else nothing is shown.
  if (isSystemError(thrown)) {
    return { message: systemProblem(thrown, say), exitCode: EXIT.failed }
  }
  const name = thrown instanceof Error ? thrown.name : typeof thrown
  return { message: say('defect', { name }), exitCode: EXIT.failed }
}

function ofService(error: ClavigerError, hints: Hints, say: Say): Explanation {
  const { code, requestId } = error
  const own = OWN_WORDS[code]
  const message = own === undefined ? error.message : say(own)
  const hint = hintFor(error, hints)
  const details = [code, ...(requestId === undefined ? [] : [say('requestId', { id: requestId })])]
  const lines = [`${message} (${details.join(', ')})`, ...(hint === undefined ? [] : [say(hint)])]
  return { message: lines.join('\n'), exitCode: exitCodeOf(error) }
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

function hintFor(error: ClavigerError, hints: Hints): MessageName | undefined {
  if (error instanceof CredentialUnavailableError) return hints.credential
  if (error instanceof AccessDeniedError) return hints.denied
  // Not of other conflicts: a name that is in use, or a certificate that is being made.
  if (error.innerCode === 'ObjectIsDeletedButRecoverable') return 'hintDeletedName'
  if (!(error instanceof ConnectionError)) return undefined
  return isUntrusted(error) ? hints.untrusted : hints.unreachable
}

/** Whether a certificate was the reason, by the codes that OpenSSL's checks have in Node. */
export function isUntrusted(error: ClavigerError): boolean {
  return /UNABLE_TO_|SELF_SIGNED|CERT_|ERR_TLS_/.test(error.message)
}
