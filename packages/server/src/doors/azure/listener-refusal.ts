import type { ListenerRefusal } from '../../door.ts'
import { WireRefusal } from './wire-refusal.ts'

/** What the listener refuses, as this wire says it; the texts are ours. */
export function listenerRefusal(refusal: ListenerRefusal): WireRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new WireRefusal(
        413,
        'RequestBodyTooLarge',
        `The request body is larger than ${refusal.limitBytes} bytes. Send a smaller one.`,
      )
    case 'BodyIncomplete':
      return new WireRefusal(
        408,
        'RequestTimeout',
        'The request body did not arrive in time. Send the request again.',
      )
    case 'Overloaded':
      return new WireRefusal(
        503,
        'ServiceUnavailable',
        'The server has too many requests at the moment. Send the request again later.',
        { 'Retry-After': '1' },
      )
  }
}
