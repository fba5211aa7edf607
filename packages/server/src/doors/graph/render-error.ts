import { Fault, type FaultCode } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { graphFault } from './faults.ts'
import { GraphRefusal } from './graph-refusal.ts'

/** An error as this wire shows it, without what only the request knows. */
export interface RenderedError {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly headers: Readonly<Record<string, string>>
}

/** Renders whatever was thrown; what is neither a fault nor a refusal tells the client nothing. */
export function renderError(thrown: unknown): RenderedError {
  if (thrown instanceof Fault) return renderFault(thrown)
  if (thrown instanceof azure.MalformedMember) {
    const { property, reason } = thrown
    return renderFault(new Fault('InvalidInput', { property, reason }))
  }
  if (thrown instanceof GraphRefusal) {
    const { status, code, message, headers } = thrown
    return { status, code, message, headers }
  }
  const message =
    'The server has failed unexpectedly. Tell its operator the request-id of this answer.'
  return { status: 500, code: 'InternalServerError', message, headers: {} }
}

function renderFault<Code extends FaultCode>({ code, detail }: Fault<Code>): RenderedError {
  const row = graphFault(code)
  const seconds = row.retryAfterSeconds?.(detail)
  return {
    status: typeof row.status === 'number' ? row.status : row.status(detail),
    code: typeof row.code === 'string' ? row.code : row.code(detail),
    message: row.message(detail),
    headers: seconds === undefined ? {} : { 'Retry-After': String(seconds) },
  }
}
