import type { IncomingMessage } from 'node:http'

/** What became of a request's body. */
export type RequestBody =
  | { readonly outcome: 'Complete'; readonly bytes: Uint8Array }
  | { readonly outcome: 'TooLarge' }
  | { readonly outcome: 'Incomplete' }
  | { readonly outcome: 'Overloaded' }

/** Whether a request brings a body; one of no bytes is none. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers['transfer-encoding'] !== undefined) return true
  return headers['content-length'] !== undefined && headers['content-length'] !== '0'
}

/**
 * Reads a whole body of at most `limitBytes`, of a request that has one. Of one that is too large no
 * more is kept; once the answer is sent, Node discards what still comes, within the request timeout,
 * so that the client gets to read the answer instead of a reset.
 * @param hold counts bytes that came; false when the server holds too many already.
 */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
  hold: (bytes: number) => boolean,
): RequestBody | Promise<RequestBody> {
  // Its 'close' may be past already, and would be waited for in vain.
  if (request.destroyed) return { outcome: 'Incomplete' }
  const { 'transfer-encoding': encoding, 'content-length': declared } = request.headers
  if (encoding === undefined && Number(declared) > limitBytes) return { outcome: 'TooLarge' }
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
      else if (!hold(chunk.byteLength)) finish({ outcome: 'Overloaded' })
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
