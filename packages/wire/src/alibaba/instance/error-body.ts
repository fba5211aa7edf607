import { encodeMessage } from './encode-message.ts'
import type { Refusal } from './refusal.ts'

/** The body of the answer to a refused request; empty where the gateway sends none. */
export function errorBody(refusal: Refusal, requestId: string): Uint8Array {
  if (refusal.code === undefined) return new Uint8Array(0)
  return encodeMessage('Error', {
    StatusCode: refusal.status,
    ErrorCode: refusal.code,
    ErrorMessage: refusal.message,
    RequestId: requestId,
  })
}
