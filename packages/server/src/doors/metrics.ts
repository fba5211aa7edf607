import type { Answer, Door } from '../door.ts'

/**
 * Gives `/metrics` to Prometheus; stands on a loopback port of its own.
 * @param text the metrics.
 */
export function metricsDoor(text: () => Promise<string>): Door {
  return {
    name: 'metrics',
    async answer({ path, method }) {
      if (path !== '/metrics') return plain(404, 'The metrics are at /metrics.\n')
      if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Use GET.\n')
      return plain(200, await text(), 'text/plain; version=0.0.4; charset=utf-8')
    },
    refuse: () => plain(400, 'A request for metrics has no body.\n'),
  }
}

function plain(status: number, body: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, headers: { 'content-type': type }, body }
}
