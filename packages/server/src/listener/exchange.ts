import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Answer, Door, DoorForHost, ListenerRefusal, WireRequest } from '../door.ts'
import { errorFields, type Log } from '../log.ts'
import type { OpenConnections } from './open-connections.ts'
import { hasBody, readBody } from './request-body.ts'
import { requestTarget } from './request-target.ts'
import type { Workload } from './workload.ts'

/** What is known of a request once it is answered. */
export interface Exchanged {
  /** The door's name, or `none` when no door was found. */
  readonly door: string
  readonly method: string
  readonly status: number
  readonly seconds: number
  readonly requestId: string
}

/** What an exchange needs besides its request. */
export interface ExchangeContext {
  readonly doorForHost: DoorForHost
  readonly connections: OpenConnections
  readonly bodyLimitBytes: number
  readonly workload: Workload
  readonly log: Log
  /** Called once for each answer, for metrics. */
  readonly answered: ((exchanged: Exchanged) => void) | undefined
}

const emptyBody = new Uint8Array()

/**
 * Takes one request to its door and the door's answer back; never throws.
 * @param url the request target as it came.
 */
export async function exchange(
  context: ExchangeContext,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = performance.now()
  const requestId = randomUUID()
  const method = request.method ?? ''
  context.connections.begin(request.socket, response)
  let door = 'none'
  let answer: Answer
  try {
    const target = requestTarget(url, request.headers.host)
    const found = target && context.doorForHost(target.host, target.port, target.path)
    if (target === undefined) answer = noHost(requestId)
    else if (found === undefined) answer = unknownHost(target.host, requestId)
    else {
      door = found.name
      answer = await throughDoor(context, found, request, {
        method,
        host: target.host,
        port: target.port,
        path: target.path,
        query: target.query,
        headers: singleHeaders(request.headers),
        body: emptyBody,
        clientAddress: clientAddress(request),
        requestId,
      })
    }
    send(context, answer, request, response)
  } catch (thrown) {
    context.log.error('A door failed.', { ...errorFields(thrown), door, method, requestId })
    answer = doorFailed(requestId)
    send(context, answer, request, response)
  }
  const { status } = answer
  context.answered?.({ door, method, status, requestId, seconds: secondsSince(startedAt) })
}

/** @param head the request with an empty body. */
async function throughDoor(
  context: ExchangeContext,
  door: Door,
  request: IncomingMessage,
  head: WireRequest,
): Promise<Answer> {
  const { workload } = context
  const overloaded = (): Answer => door.refuse(head, { reason: 'Overloaded' })
  if (!hasBody(request)) return await workload.run(() => door.answer(head), overloaded)
  if (door.admit !== undefined) {
    const refused = await workload.run(async () => door.admit?.(head), overloaded)
    if (refused !== undefined) return refused
  }
  return await withBody(context, door, request, head)
}

async function withBody(
  { workload, bodyLimitBytes: standardBytes }: ExchangeContext,
  door: Door,
  request: IncomingMessage,
  head: WireRequest,
): Promise<Answer> {
  const refuse = (refusal: ListenerRefusal): Answer => door.refuse(head, refusal)
  const overloaded = (): Answer => refuse({ reason: 'Overloaded' })
  const limitBytes = door.bodyLimitBytes?.(head, standardBytes) ?? standardBytes
  let heldBytes = 0
  const hold = (bytes: number): boolean => {
    if (!workload.hold(bytes)) return false
    heldBytes += bytes
    return true
  }
  try {
    const body = await readBody(request, limitBytes, hold)
    switch (body.outcome) {
      case 'TooLarge':
        return refuse({ reason: 'BodyTooLarge', limitBytes })
      case 'Incomplete':
        return refuse({ reason: 'BodyIncomplete' })
      case 'Overloaded':
        return overloaded()
      case 'Complete': {
        const whole = { ...head, body: body.bytes }
        return await workload.run(() => door.answer(whole), overloaded)
      }
    }
  } finally {
    workload.release(heldBytes)
  }
}

/** Sends head and body at once, with the length of the body where the status allows one. */
function send(
  { connections }: ExchangeContext,
  { status, headers, body }: Answer,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (response.headersSent || response.destroyed) return
  const sent: Record<string, string | number> = { ...headers }
  if (status !== 204 && status !== 304) {
    sent['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength
  }
  if (connections.isLast(request.socket, response)) sent['connection'] = 'close'
  response.writeHead(status, sent)
  response.end(body)
}

type SingleHeaders = Readonly<Record<string, string | undefined>>

function singleHeaders(headers: IncomingHttpHeaders): SingleHeaders {
  if (areSingle(headers)) return headers
  const { 'set-cookie': cookies, ...others } = headers
  return { ...singleHeaders(others), 'set-cookie': cookies?.join(', ') }
}

/**
 * `set-cookie`, which no client has reason to send, is the one header that Node gives as a list.
 */
function areSingle(headers: IncomingHttpHeaders): headers is IncomingHttpHeaders & SingleHeaders {
  return headers['set-cookie'] === undefined
}

/** An IPv4 client of a socket that listens on `::` shows as `::ffff:192.0.2.1`. */
function clientAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '')
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000
}

function noHost(requestId: string): Answer {
  return refusal(400, requestId, 'BadRequest', 'The request needs one valid Host header.')
}

function unknownHost(host: string, requestId: string): Answer {
  return refusal(
    421,
    requestId,
    'MisdirectedRequest',
    `This server has no vault and no login host named ${host.slice(0, 253)}; ` +
      'use the address of a vault, such as the one the server printed when it started.',
  )
}

function doorFailed(requestId: string): Answer {
  return refusal(
    500,
    requestId,
    'InternalServerError',
    `The server failed; its log tells why under request id ${requestId}.`,
  )
}

/** The shape Azure's data plane has, and the best guess for a client that reached no door. */
function refusal(status: number, requestId: string, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-ms-request-id': requestId },
    body: JSON.stringify({ error: { code, message } }),
  }
}
