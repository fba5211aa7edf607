import { Fault, isFault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ListenerRefusal } from '../../../door.ts'

const { KmsRefusal } = alibaba.shared

/** What the listener has refused, as an error of this wire. */
export function listenerRefusal(refusal: ListenerRefusal): unknown {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new KmsRefusal('ParseRequestParameterException', {
        recommend: `A request has at most ${refusal.limitBytes} octets.`,
      })
    case 'BodyIncomplete':
      return new KmsRefusal('ParseRequestParameterException', {
        recommend: 'The body is shorter than its Content-Length.',
      })
    case 'Overloaded':
      return new Fault('TooManyRequests', { retryAfterSeconds: 1 })
  }
}

/** Milliseconds; `undefined` for what no waiting helps. */
export function retryAfterOf(thrown: unknown): number | undefined {
  return isFault(thrown, 'TooManyRequests') ? thrown.detail.retryAfterSeconds * 1000 : undefined
}
