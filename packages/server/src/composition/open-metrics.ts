import type { Config } from '../config.ts'
import { metricsDoor } from '../doors/metrics.ts'
import { openListener, type Listener } from '../listener.ts'
import type { PrimaryContext } from '../primary.ts'
import { listenProblem } from '../process/listen-problem.ts'

/** Serves `/metrics` on loopback, unless it is off. @throws StartError when the port cannot be had. */
export async function openMetrics(
  config: Config,
  { log, metrics }: PrimaryContext,
): Promise<Listener | undefined> {
  if (config.metricsPort === 'off') return undefined
  const door = metricsDoor(() => metrics.text())
  const loopbackNames = ['localhost', '127.0.0.1']
  const at = { host: '127.0.0.1', port: config.metricsPort }
  try {
    return await openListener({
      at,
      limits: config,
      log,
      // Only by these names: a page in a browser here cannot read it under a name of its own.
      doorForHost: (host) => (loopbackNames.includes(host) ? door : undefined),
    })
  } catch (thrown) {
    throw listenProblem(thrown, `${at.host}:${at.port}`, 'CLAVIGER_METRICS_PORT')
  }
}
