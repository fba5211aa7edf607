import type { IncomingMessage } from 'node:http'

/** What became of a request's body. */
export type RequestBody =
  | { readonly outcome: 'Complete'; readonly bytes: Uint8Array }
  | { readonly outcome: 'TooLarge' }
  | { readonly outcome: 'Incomplete' }

const none: RequestBody = { outcome: 'Complete', bytes: new Uint8Array() }

/**
 * Reads a whole body of at most `limitBytes`. Of one that is too large no more is kept; once the
 * answer is sent, Node discards what still comes, within the request timeout, so that the client
 * gets to read the answer instead of a reset.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
): RequestBody | Promise<RequestBody> {
  const declared = request.headers['content-length']
  if (request.headers['transfer-encoding'] === undefined) {
    if (declared === undefined || declared === '0') return none
    if (Number(declared) > limitBytes) return { outcome: 'TooLarge' }
  }
  return new Promise((settle) => {
    const chunks: Buffer[] = []
    let length = 0
    const finish = (body: RequestBody): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose)
      settle(body)
    }
    const onData = (chunk: Buffer): void => {
      length += chunk.byteLength
      if (length > limitBytes) finish({ outcome: 'TooLarge' })
      else chunks.push(chunk)
    }
    // Always a copy: a chunk is a view of the socket's buffer, which may hold other requests.
    const onEnd = (): void => finish({ outcome: 'Complete', bytes: Buffer.concat(chunks, length) })
    const onClose = (): void => finish({ outcome: 'Incomplete' })
    // 'close' always follows an error; the listener is there so that the error is not thrown.
    request.on('error', () => undefined)
    request.on('data', onData).on('end', onEnd).on('close', onClose)
  })
}
