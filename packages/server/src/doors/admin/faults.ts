import { Fault, type FaultCode, type FaultDetail } from '@claviger/vault'
import { plainFaults, type PlainFault } from '../../plain-faults.ts'

/** A thrown thing as this door shows it; `isBug` is for the log, the answer tells nothing of it. */
export interface RenderedFault {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly isBug: boolean
}

/** Renders whatever an operation has thrown. */
export function renderFault(thrown: unknown): RenderedFault {
  if (thrown instanceof Fault) return rendered(thrown)
  const message = 'The server has failed unexpectedly; its log tells why.'
  return { status: 500, code: 'InternalServerError', message, isBug: true }
}

function rendered<Code extends FaultCode>({ code, detail }: Fault<Code>): RenderedFault {
  const row: PlainFault<FaultDetail[Code]> = plainFaults[code]
  return { status: row.status, code, message: row.message(detail), isBug: false }
}
