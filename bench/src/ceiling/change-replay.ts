import { randomBytes } from 'node:crypto'
import {
  recordKeyOf, type Change, type Content, type Put, type RecordKey, type Seal,
} from '@claviger/vault'

interface Replayed {
  readonly put: Put
  readonly content: Content
}

/**
 * Makes, from one change that an operation wanted, as many as are needed that can all be committed:
 * what it created gets another name each time, what it updated the next version.
 */
export class ChangeReplay {
  readonly #seal: Seal
  readonly #change: Change
  readonly #records: readonly Replayed[]
  #round = 0

  /** @param change of an operation that deletes nothing. */
  constructor(seal: Seal, change: Change) {
    this.#seal = seal
    this.#change = change
    this.#records = change.puts.map((put) => ({ put, content: seal.open(put) }))
  }

  /** Records that it seals. */
  get sealed(): number {
    return this.#records.length
  }

  /** The cryptography of the change alone. */
  sealAll(): void {
    for (const { put, content } of this.#records) this.#seal.seal(put.key, put.version, content)
  }

  /** The next change; all of them must be committed, in this order. */
  next(audit: readonly string[]): Change {
    const round = this.#round
    this.#round += 1
    const absent = new Set(
      this.#change.checks.filter(({ version }) => version === 'absent').map(({ key }) => key),
    )
    const names = new Map<RecordKey, RecordKey>()
    const updated = new Set<RecordKey>()
    const puts = this.#records.map(({ put, content }) => {
      const isNew = absent.has(put.key)
      const key = isNew ? renamed(put.key) : put.key
      const version = isNew ? put.version : put.version + round
      if (!isNew) updated.add(key)
      names.set(put.key, key)
      return { key, version, ...this.#seal.seal(key, version, content) }
    })
    const checks = this.#change.checks.map(({ key, version }) => ({
      key: names.get(key) ?? key,
      version: typeof version === 'number' && updated.has(key) ? version + round : version,
    }))
    return { checks, puts, deletes: [], audit }
  }
}

/** Another name in the same place, as long as the first. */
function renamed(key: RecordKey): RecordKey {
  const segments = key.split('/')
  const last = segments.pop() ?? ''
  const name = randomBytes(Math.ceil(last.length / 2)).toString('hex').slice(0, last.length)
  return recordKeyOf(...segments, name)
}
