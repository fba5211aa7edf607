import { TimeoutError } from './errors.ts'

/** The error of who has waited long enough. */
export function timedOut(host: string, timeoutMs: number): TimeoutError {
  const message = `${host} did not answer within ${timeoutMs} ms.`
  return new TimeoutError({ code: 'Timeout', message })
}
