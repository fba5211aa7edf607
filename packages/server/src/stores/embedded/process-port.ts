import type { MessagePort } from './message-port.ts'

/**
 * What `process`, a cluster `Worker` and a `ChildProcess` have in common. The channel must have
 * been opened with `serialization: 'advanced'`: JSON would turn bytes into objects.
 */
export interface ProcessChannel {
  send?(message: unknown, callback: (error: Error | null) => void): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** The channel between a worker and the primary as a port. */
export function processPort(channel: ProcessChannel): MessagePort {
  const closeHandlers: (() => void)[] = []
  let closed = false
  const close = (): void => {
    if (closed) return
    closed = true
    for (const handler of closeHandlers) handler()
  }
  channel.on('disconnect', close)
  return {
    send(message) {
      if (closed) return
      // Without the callback a broken channel is an 'error' event, which ends the process.
      channel.send?.(message, (error) => {
        if (error !== null) close()
      })
    },
    onMessage: (handler) => void channel.on('message', handler),
    onClose: (handler) => void closeHandlers.push(handler),
  }
}
