import type { ListenerRefusal } from '../../door.ts'
import { ArmRefusal } from './arm-refusal.ts'

/** What the listener refuses, as this wire says it. */
export function listenerRefusal(refusal: ListenerRefusal): ArmRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new ArmRefusal(
        413,
        'RequestContentTooLarge',
        `The request content is larger than ${refusal.limitBytes} bytes. Send less.`,
      )
    case 'BodyIncomplete':
      return new ArmRefusal(
        408,
        'RequestTimeout',
        'The request content did not arrive in time. Send the request again.',
      )
    case 'Overloaded':
      return new ArmRefusal(
        503,
        'ServerTimeout',
        'The server has too many requests at the moment. Send the request again later.',
        { 'Retry-After': '1' },
      )
  }
}
