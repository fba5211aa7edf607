// The operator's door: operations of the registry over a Unix socket that only the server's own
// user can open (mode 0600). Whoever can open it is the operator; access is decided and audited as
// for anybody else. Windows has no such socket here: a named pipe would need an access list.
import type { Call, Caller, Vault } from '@claviger/vault'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { errorFields, type Log } from '../../log.ts'
import { renderFault } from './faults.ts'

export interface AdminDoorOptions {
  readonly vault: Vault
  /** Who the operator is: the administrator of the default tenant. */
  readonly operator: () => Promise<Caller>
  /** What only the running server can do, through operations; absent, its path does not exist. */
  readonly serverActions?: Partial<ServerActions>
  readonly log: Log
}

/** By their paths. */
export interface ServerActions {
  /** Writes the connect files with fresh credentials; gives their paths. */
  readonly '/connect/renew': ServerAction
  /** Replaces the server's own CA; gives the path of the new certificate. */
  readonly '/ca/renew': ServerAction
}

/** An action that takes no input and is answered with the paths of the files it wrote. */
export type ServerAction = (call: Call) => Promise<{ readonly files: readonly string[] }>

/** Makes the door `admin`: `POST /<noun>/<verb>` with a JSON object, answered with JSON. */
export function adminDoor(options: AdminDoorOptions): Door {
  return {
    name: 'admin',
    async answer(request) {
      try {
        return await answered(options, request)
      } catch (thrown) {
        const { status, code, message, isBug } = renderFault(thrown)
        const { requestId } = request
        if (isBug) options.log.error(
          'An admin request failed.',
          { ...errorFields(thrown), requestId },
        )
        return failure(request, status, code, message)
      }
    },
    refuse: (request, refusal) => refused(request, refusal),
  }
}

async function answered(options: AdminDoorOptions, request: WireRequest): Promise<Answer> {
  const run = await runnerOf(options, request.path)
  if (run === undefined) {
    return failure(request, 404, 'NotFound', 'The server has no such admin operation.')
  }
  if (request.method !== 'POST') {
    const answer = failure(
      request,
      405,
      'MethodNotAllowed',
      'Admin operations are asked with POST.',
    )
    return { ...answer, headers: { ...answer.headers, allow: 'POST' } }
  }
  const body = parseJson(request.body)
  if (body === undefined) {
    return failure(request, 400, 'InvalidInput', 'The body is not JSON; send an object.')
  }
  const output = await run(() => callOf(options, request), body.value)
  return json(request, 200, output ?? {})
}

type Runner = (call: () => Promise<Call>, body: unknown) => Promise<unknown>

async function runnerOf(options: AdminDoorOptions, path: string): Promise<Runner | undefined> {
  const { vault, serverActions = {} } = options
  const serverAction = new Map(Object.entries(serverActions)).get(path)
  if (serverAction !== undefined) return async (call) => serverAction(await call())
  // Loaded with the first request: what checks shapes takes a tenth of a second to load, which
  // every start would pay for a door that is seldom used.
  const { adminActions } = await import('./actions.ts')
  const row = adminActions.get(path)
  return row && ((call, body) => row.answer(vault, call, body))
}

async function callOf({ operator }: AdminDoorOptions, request: WireRequest): Promise<Call> {
  return {
    caller: await operator(),
    request: {
      correlationId: request.requestId,
      clientAddress: 'local',
      clientInfo: 'claviger admin',
      requestUri: `admin:${request.path}`,
      apiVersion: '',
      successStatus: 200,
      statusOf: (thrown) => renderFault(thrown).status,
    },
  }
}

function parseJson(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return undefined
  }
}

function refused(request: WireRequest, refusal: ListenerRefusal): Answer {
  switch (refusal.reason) {
    case 'BodyTooLarge': {
      const message = `The body has more than ${refusal.limitBytes} bytes; send less.`
      return failure(request, 413, 'RequestBodyTooLarge', message)
    }
    case 'BodyIncomplete':
      return failure(request, 400, 'BadRequest', 'The body ended too early.')
    case 'Overloaded':
      return failure(request, 503, 'ServiceUnavailable', 'The server is overloaded; try again.')
  }
}

function failure(request: WireRequest, status: number, code: string, message: string): Answer {
  return json(request, status, { error: { code, message } })
}

function json(request: WireRequest, status: number, value: unknown): Answer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-ms-request-id': request.requestId,
    },
    body: JSON.stringify(value),
  }
}
