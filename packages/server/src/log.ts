// Logs go to standard error, one JSON object a line, so that standard output stays the banner's.
// Only strings, numbers and booleans can be logged: no object can smuggle a value, a key or a token
// out.
import { pino } from 'pino'
import { StartError } from './process/start-error.ts'

/** From silent to talkative. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** What a line may carry besides its message. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** Writes structured lines; a message is a constant sentence, what varies is a field. */
export interface Log {
  error(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  debug(message: string, fields?: LogFields): void
  /** A log whose every line also has these fields. */
  with(fields: LogFields): Log
}

/** Where lines go; standard error unless a test gives its own. */
export interface LogDestination {
  write(line: string): void
}

/** Opens the log; writes are synchronous, so the last words of a dying process are not lost. */
export function openLog(level: LogLevel, destination?: LogDestination): Log {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (word: string) => ({ level: word }) },
  }
  return wrap(pino(options, destination ?? standardError()))
}

function standardError(): LogDestination {
  const destination = pino.destination({ fd: 2, sync: true })
  // Whoever read the log may be gone; that must not stop the vault, whose record is the audit.
  destination.on('error', () => undefined)
  return destination
}

/**
 * What may be said of something thrown: its name, its code and where it was thrown. Messages stay
 * out, because many quote their input (`JSON.parse` does); those of the operating system do not.
 */
export function errorFields(thrown: unknown): LogFields {
  if (!(thrown instanceof Error)) return { error: typeof thrown }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
  const isSystemError = 'syscall' in thrown && typeof thrown.syscall === 'string'
  const frames = (thrown.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return {
    error: thrown.name,
    errorCode: code,
    errorMessage: isSystemError || thrown instanceof StartError ? thrown.message : undefined,
    stack: frames.join('\n'),
    ...(thrown.cause === undefined ? {} : causeFields(thrown.cause)),
  }
}

function causeFields(cause: unknown): LogFields {
  const { error, errorCode, errorMessage, stack } = errorFields(cause)
  return { cause: error, causeCode: errorCode, causeMessage: errorMessage, causeStack: stack }
}

type Line = (fields: LogFields, message: string) => void

interface Writer {
  readonly error: Line
  readonly warn: Line
  readonly info: Line
  readonly debug: Line
  child(fields: LogFields): Writer
}

/** The types stop an object at compile time; `printable` stops one that came around them. */
function wrap(writer: Writer): Log {
  return {
    error: (message, fields = {}) => writer.error(printable(fields), message),
    warn: (message, fields = {}) => writer.warn(printable(fields), message),
    info: (message, fields = {}) => writer.info(printable(fields), message),
    debug: (message, fields = {}) => writer.debug(printable(fields), message),
    with: (fields) => wrap(writer.child(printable(fields))),
  }
}

function printable(fields: LogFields): LogFields {
  const allowed = Object.entries(fields).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  return Object.fromEntries(allowed)
}
