import type { ListenerRefusal } from '../../door.ts'
import { GraphRefusal } from './graph-refusal.ts'

/** What the listener refuses, as this wire says it. */
export function listenerRefusal(refusal: ListenerRefusal): GraphRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new GraphRefusal(
        413,
        'RequestEntityTooLarge',
        `The request body is larger than ${refusal.limitBytes} bytes. Send less.`,
      )
    case 'BodyIncomplete':
      return new GraphRefusal(
        408,
        'RequestTimeout',
        'The request body did not arrive in time. Send the request again.',
      )
    case 'Overloaded':
      return new GraphRefusal(
        503,
        'ServiceUnavailable',
        'The server has too many requests at the moment. Send the request again later.',
        { 'Retry-After': '1' },
      )
  }
}
