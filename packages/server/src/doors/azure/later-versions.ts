import type { AskedApiVersion } from './api-version.ts'
import type { Log } from '../../log.ts'

/** Clients choose the text, so no more than these are remembered and logged. */
const MAXIMUM_REMEMBERED = 50

/** Logs, once each, the api-versions that are later than the newest and are served as that. */
export class LaterVersions {
  readonly #log: Pick<Log, 'warn'>
  readonly #seen = new Set<string>()

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log
  }

  note({ asked, served }: AskedApiVersion): void {
    if (asked === served || this.#seen.has(asked) || this.#seen.size >= MAXIMUM_REMEMBERED) return
    this.#seen.add(asked)
    this.#log.warn('An api-version not known yet is served as the newest.', { asked, served })
  }
}
