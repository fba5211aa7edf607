import { Fault, type FaultCode, type FaultDetail } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { faults, type AzureFault } from './faults.ts'
import { WireRefusal } from './wire-refusal.ts'

/** An error as this wire shows it. */
export interface RenderedError {
  readonly status: number
  readonly body: azure.ErrorBody
  readonly headers: Readonly<Record<string, string>>
}

/** Renders whatever was thrown; what is neither a fault nor a refusal tells the client nothing. */
export function renderError(thrown: unknown): RenderedError {
  if (thrown instanceof Fault) return renderFault(thrown)
  if (thrown instanceof azure.MalformedMember) {
    const { property, reason } = thrown
    return renderFault(new Fault('InvalidInput', { property, reason }))
  }
  if (thrown instanceof WireRefusal) {
    const { status, code, message, headers } = thrown
    return { status, body: azure.errorBody(code, message), headers }
  }
  const message =
    'The server has failed unexpectedly. Tell its operator the x-ms-request-id of this answer.'
  return { status: 500, body: azure.errorBody('InternalServerError', message), headers: {} }
}

function renderFault<Code extends FaultCode>({ code, detail }: Fault<Code>): RenderedError {
  const row: AzureFault<FaultDetail[Code]> = faults[code]
  const seconds = row.retryAfterSeconds?.(detail)
  return {
    status: row.status,
    body: azure.errorBody(
      typeof row.code === 'string' ? row.code : row.code(detail),
      row.message(detail),
      row.innerCode?.(detail),
    ),
    headers: seconds === undefined ? {} : { 'Retry-After': String(seconds) },
  }
}
