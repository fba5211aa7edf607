import { Fault, type FaultCode } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { ArmRefusal } from './arm-refusal.ts'
import { armFault } from './faults.ts'

/** An error as this wire shows it. */
export interface RenderedError {
  readonly status: number
  readonly body: { readonly error: { readonly code: string; readonly message: string } }
  readonly headers: Readonly<Record<string, string>>
}

/** Renders whatever was thrown; what is neither a fault nor a refusal tells the client nothing. */
export function renderError(thrown: unknown): RenderedError {
  if (thrown instanceof Fault) return renderFault(thrown)
  if (thrown instanceof azure.MalformedMember) {
    const { property, reason } = thrown
    return renderFault(new Fault('InvalidInput', { property, reason }))
  }
  if (thrown instanceof ArmRefusal) {
    const { status, code, message, headers } = thrown
    return { status, body: { error: { code, message } }, headers }
  }
  const message =
    'The server has failed unexpectedly. Tell its operator the x-ms-request-id of this answer.'
  return { status: 500, body: { error: { code: 'InternalServerError', message } }, headers: {} }
}

function renderFault<Code extends FaultCode>({ code, detail }: Fault<Code>): RenderedError {
  const row = armFault(code)
  const seconds = row.retryAfterSeconds?.(detail)
  return {
    status: typeof row.status === 'number' ? row.status : row.status(detail),
    body: {
      error: {
        code: typeof row.code === 'string' ? row.code : row.code(detail),
        message: row.message(detail),
      },
    },
    headers: seconds === undefined ? {} : { 'Retry-After': String(seconds) },
  }
}
