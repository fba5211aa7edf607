import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

/** What Node reports of bytes that never became a request, or of a client that was too slow. */
const statusOf: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/**
 * The parser's errors; all others are of the connection or of TLS, where no answer can be written.
 */
const parserError = 'HPE_'

const sentences: Readonly<Record<number, string>> = {
  400: 'The request is not well-formed HTTP/1.1, or its method is not one of HTTP; correct it.',
  405: 'The method CONNECT is not offered; send the request itself.',
  408: 'The request did not arrive in time; send it faster or in smaller parts.',
  413: 'The extensions of a chunk are too large; send none.',
  431: 'The request line and headers are too large; send fewer or shorter headers.',
}

/**
 * Answers on the bare connection, where there is no request that a door could see, and closes it.
 */
export function answerClientError(code: string | undefined, socket: Duplex): void {
  const status = statusOf[code ?? ''] ?? (code?.startsWith(parserError) ? 400 : undefined)
  if (status === undefined || !socket.writable) socket.destroy()
  else writeRefusal(status, socket)
}

/**
 * Refuses CONNECT, which Node hands over with a bare connection.
 * @param mayAnswer whether no earlier request of the connection waits for its answer; else the
 *   connection ends behind that answer.
 */
export function refuseConnect(socket: Duplex, mayAnswer: boolean): void {
  // Node has taken its own listener away; an error that nobody hears, such as that of a client
  // which is gone by now, would end the whole process.
  socket.on('error', () => undefined)
  if (mayAnswer) writeRefusal(405, socket)
}

function writeRefusal(status: number, socket: Duplex): void {
  // No door has seen the request, so the shape is the one that most clients of the doors can read.
  const code = (STATUS_CODES[status] ?? '').replaceAll(/[^A-Za-z]/g, '')
  const text = JSON.stringify({ error: { code, message: sentences[status] ?? '' } })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
  ]
  // Destroyed once written: a client that does not close its side must not keep the connection.
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy())
}
