import { deserialize, serialize } from 'node:v8'
import type { MessagePort } from '../message-port.ts'

/** Two ends of a channel within one process, and the accident that cuts it. */
export interface PortPair {
  readonly worker: MessagePort
  readonly primary: MessagePort
  /** What the worker and the primary have sent, in order. */
  readonly sent: { readonly by: 'worker' | 'primary'; readonly message: unknown }[]
  cut(): void
}

/** Messages are copied by V8's serialiser, as cluster channels do, and arrive a turn later. */
export function portPair(): PortPair {
  const sent: PortPair['sent'] = []
  const ends = { worker: new End(), primary: new End() }
  let open = true
  const port = (by: 'worker' | 'primary', other: End): MessagePort => ({
    send(message) {
      if (!open) return
      sent.push({ by, message })
      const bytes = serialize(message)
      setImmediate(() => {
        if (open) for (const handler of other.messageHandlers) handler(deserialize(bytes))
      })
    },
    onMessage: (handler) => void ends[by].messageHandlers.push(handler),
    onClose: (handler) => void ends[by].closeHandlers.push(handler),
  })
  return {
    worker: port('worker', ends.primary),
    primary: port('primary', ends.worker),
    sent,
    cut() {
      open = false
      for (const end of [ends.worker, ends.primary]) {
        for (const handler of end.closeHandlers) handler()
      }
    },
  }
}

class End {
  readonly messageHandlers: ((message: unknown) => void)[] = []
  readonly closeHandlers: (() => void)[] = []
}
