import { request } from 'node:http'
import { COMMAND_NAMES } from '../command-names.ts'
import { codeOf } from '../read-private-file.ts'
import { AdminError, EXIT } from './admin-error.ts'

/** Asks the running server for one operation, `<noun>/<verb>`, and gives what it answered. */
export type Ask = (operation: string, input?: object) => Promise<unknown>

interface Reply {
  readonly status: number
  readonly text: string
}

/**
 * A client of the admin door on its Unix socket.
 * @throws AdminError from each call: with the server's own sentence when it refuses, and with what
 *   to do when no server answers.
 */
export function adminClient(socketPath: string): Ask {
  return async (operation, input = {}) => {
    const { status, text } = await post(socketPath, `/${operation}`, JSON.stringify(input))
    const answer = parse(text)
    if (status === 200) return answer
    throw new AdminError(errorMessage(answer) ?? `The server answered with status ${status}.`)
  }
}

async function post(socketPath: string, path: string, body: string): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const sending = request({ socketPath, path, method: 'POST' }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
    )
  })
  sending.setHeader('content-type', 'application/json')
  sending.on('error', reject)
  sending.end(body)
  return promise.catch((cause: unknown) => {
    throw unreachable(socketPath, cause)
  })
}

function unreachable(socketPath: string, cause: unknown): AdminError {
  const code = codeOf(cause)
  if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') {
    const message =
      `No server answers at ${socketPath}. Start it with ${COMMAND_NAMES.start}, or set ` +
      'CLAVIGER_DATA_DIR to the data folder of the one you mean.'
    return new AdminError(message, EXIT.notRunning)
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `Only the user that runs the server can use ${socketPath}; act as that user.`
    return new AdminError(message, EXIT.notRunning)
  }
  const message =
    `The connection to the server broke (${code}); whether it did what was asked is not known, ` +
    'so look before you ask again.'
  return new AdminError(message, EXIT.notRunning)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AdminError(
      'The server answered with something that is no JSON; is it of this release?',
    )
  }
}

function errorMessage(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  if (typeof error !== 'object' || error === null || !('message' in error)) return undefined
  return typeof error.message === 'string' ? error.message : undefined
}
