import type { Answer, Door, WireRequest } from '../door.ts'

/** Whether the server can serve, and if not, why: sentences without a name or a value. */
export interface Readiness {
  readonly ready: boolean
  readonly reasons: readonly string[]
}

/** Whether the health door answers this path, whatever accepted host it is asked of. */
export function isHealthPath(path: string): boolean {
  return path === '/health/live' || path === '/health/ready'
}

/**
 * `/health/live` says that this process answers, `/health/ready` whether requests would succeed.
 * @param readiness must settle within a second, and is asked each time.
 */
export function healthDoor(readiness: () => Readiness | Promise<Readiness>): Door {
  return {
    name: 'health',
    async answer({ path, method }: WireRequest) {
      if (method !== 'GET' && method !== 'HEAD') return notAllowed()
      return path === '/health/live' ? healthAnswer(200, 'live') : ready(await readiness())
    },
    refuse: (_request, refusal) =>
      refusal.reason === 'BodyTooLarge'
        ? healthAnswer(413, 'refused', ['A health request has no body.'])
        : healthAnswer(503, 'unavailable', ['The server has too many requests in flight.']),
  }
}

function ready({ ready: isReady, reasons }: Readiness): Answer {
  return isReady ? healthAnswer(200, 'ready') : healthAnswer(503, 'unavailable', reasons)
}

function notAllowed(): Answer {
  const { status, headers, body } = healthAnswer(405, 'refused', ['Use GET or HEAD.'])
  return { status, headers: { ...headers, allow: 'GET, HEAD' }, body }
}

function healthAnswer(status: number, state: string, reasons: readonly string[] = []): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(reasons.length === 0 ? { status: state } : { status: state, reasons }),
  }
}
