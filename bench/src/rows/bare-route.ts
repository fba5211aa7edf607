import { API_VERSION } from './api-version.ts'
import type { Row } from './row.ts'

/**
 * The least that an authenticated request can cost: a path that leads nowhere. It passes listener,
 * vault, token and router; no operation is reached, so nothing is decided or audited. There is no
 * success that is cheaper, because every operation has an audit entry.
 */
export const bareRoute: Row = {
  name: 'bare-route',
  target: 0.7,
  request: () => ({ method: 'GET', paths: [`/nothing?${API_VERSION}`], status: 404 }),
}
