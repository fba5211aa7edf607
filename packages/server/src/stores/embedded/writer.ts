import type { DatabaseSync } from 'node:sqlite'
import {
  assertChange, ClaimTable, Fault, openStoreHead, sealStoreHead,
  type ChainHead, type Change, type HeadSealer, type RecordDigest, type StoreHead,
} from '@claviger/vault'
import type { ChangeCounter } from './change-counter.ts'
import { FilesInPlace } from './files-in-place.ts'
import type { HeadMirror } from './head-mirror.ts'
import { storedHead } from './open-chain.ts'
import { OtherWriter } from './other-writer.ts'
import type { SoleWriter } from './sole-writer.ts'
import { storeUnavailable } from './store-unavailable.ts'
import { WriteStatements } from './write-statements.ts'

/** What committing processes ask of the writer, wherever it is. */
export interface Commits {
  /** @throws Fault Conflict, RequestReplayed, StoreUnavailable as `Store.commit`. */
  commit(change: Change): Promise<void>
  /** @throws Fault StoreUnavailable, RecordCorrupt; RangeError as `AuditLog.prune`. */
  prune(through: number): Promise<void>
  /**
   * A tiny durable write, which shows a full or read-only disk, and an audit that cannot grow.
   * @throws Fault StoreUnavailable.
   */
  heartbeat(): Promise<void>
}

/** Called once, with what went wrong or `undefined`. */
export type Settle = (thrown: unknown) => void

/** Something to do inside the transaction of a group. */
interface Task {
  readonly bytes: number
  /** Pages of the database that it changes, roughly. */
  readonly pages: number
  readonly claims: readonly string[]
  /** A Fault refuses this task alone, which has written nothing; any other error the group. */
  run(head: ChainHead, records: RecordDigest): ChainHead
  readonly settle: Settle
}

/** A group bounds what one transaction holds, and how long the event loop waits for it. */
const MAXIMUM_TASKS = 256
const MAXIMUM_BYTES = 4 * 1024 * 1024
/** Pages in the log, by estimate, after which they go into the database: SQLite's own measure. */
const CHECKPOINT_PAGES = 1000
const PAGE_BYTES = 8192
/** Pages that any commit writes: the head, the end of the audit. */
const COMMIT_COST = 3
const NO_CLAIMS: readonly string[] = []
/** Removing more audit entries than this at once would hold up commits. */
const PRUNE_STEP = 5_000

/**
 * The one writer of an embedded store. Everything that waits is committed as a group, in one
 * transaction with one sync of the disk; changes of a group are applied in order, so each is
 * checked against those before it. When SQLite fails, the group is rolled back, all of it is
 * refused with the reason, and the next group starts afresh.
 */
export class Writer implements Commits {
  /** Told of each group: how many tasks it held, and the seconds until it was durable. */
  onGroup: ((tasks: number, seconds: number) => void) | undefined
  /** Told once that somebody else writes to the database; nothing is committed from then on. */
  onOtherWriter: (() => void) | undefined
  /** Told around each commit that changes records, so that other processes read anew. */
  counter: ChangeCounter | undefined
  readonly #database: DatabaseSync
  readonly #statements: WriteStatements
  readonly #sealer: HeadSealer
  readonly #mirror: HeadMirror
  readonly #files: FilesInPlace
  readonly #sole: SoleWriter
  #head: ChainHead
  #records: RecordDigest
  readonly #claims = new ClaimTable()
  #waiting: Task[] = []
  /** Pages that have gone into the log since the last checkpoint, roughly. */
  #pages = 0
  #scheduled = false
  #closed = false

  /**
   * @param sole since before the head was verified.
   * @param head verified: the chain ends there (`openChain`), and these are the records.
   */
  constructor(
    database: DatabaseSync,
    sealer: HeadSealer,
    mirror: HeadMirror,
    sole: SoleWriter,
    head: Required<StoreHead>,
  ) {
    this.#database = database
    this.#statements = new WriteStatements(database)
    this.#sealer = sealer
    this.#mirror = mirror
    // Before the files are looked at: what the log still holds goes into the database now.
    database.exec('PRAGMA wal_autocheckpoint = 0; PRAGMA wal_checkpoint(PASSIVE)')
    this.#files = new FilesInPlace(database)
    this.#sole = sole
    this.#head = head.chain
    this.#records = head.records
  }

  commit(change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      this.submit(change, settling(resolve, reject))
    })
  }

  /**
   * As `commit`, without a promise for each change; all changes of a group settle in one go.
   * @throws TypeError when the change contradicts itself (`assertChange`).
   */
  submit(change: Change, settle: Settle): void {
    assertChange(change)
    const bytes = bytesOf(change)
    this.#enqueue({
      bytes,
      pages: 2 * (change.puts.length + change.deletes.length) + bytes / PAGE_BYTES,
      claims: change.claims ?? NO_CLAIMS,
      run: (head, records) => this.#statements.apply(change, head, records),
      settle,
    })
  }

  async prune(through: number): Promise<void> {
    if (through > this.#head.count) throw new RangeError('there is no such audit entry yet')
    while (this.#head.first <= through) {
      await this.#perform((head) => {
        if (through < head.first) return head
        return this.#statements.prune(Math.min(through, head.first + PRUNE_STEP - 1), head)
      })
    }
  }

  async heartbeat(): Promise<void> {
    await this.#perform((head) => {
      this.#statements.beat(head)
      return head
    })
    if (this.#mirror.failure === undefined) return
    const reason = 'the copy of the audit head cannot be written'
    throw new Fault('StoreUnavailable', { reason }, { cause: this.#mirror.failure })
  }

  /** Brings the copy of the audit head up to date at once; the heartbeat tells when that fails. */
  async copyHead(): Promise<void> {
    await this.#mirror.flush()
  }

  /** Commits what waits, then closes; what comes later is refused. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    while (this.#waiting.length > 0) this.#flush()
    await this.#mirror.close()
    this.#database.close()
  }

  #perform(run: Task['run']): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ bytes: 0, pages: 0, claims: NO_CLAIMS, run, settle: settling(resolve, reject) })
    })
  }

  #enqueue(task: Task): void {
    if (this.#closed) {
      task.settle(new Fault('StoreUnavailable', { reason: 'the store is closed' }))
      return
    }
    this.#waiting.push(task)
    this.#schedule()
  }

  /** Not at once: what else this turn of the event loop brings joins the group. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#flush()
      if (this.#waiting.length > 0) this.#schedule()
    })
  }

  #flush(): void {
    const group = this.#takeGroup()
    if (group.length === 0) return
    const outcomes = this.#transact(group)
    group.forEach((task, index) => task.settle(outcomes[index]))
  }

  /** Returns what each task was refused with, `undefined` for those that are durable now. */
  #transact(group: readonly Task[]): readonly unknown[] {
    let head = this.#head
    const records = this.#records.copy()
    let isCounting = false
    let sealed: Uint8Array | undefined
    let isCommitting = false
    const claims = new Set<string>()
    const outcomes: unknown[] = []
    const startedAt = performance.now()
    try {
      this.#database.exec('BEGIN IMMEDIATE')
      this.#demandSole()
      for (const task of group) {
        try {
          this.#demandFree(task, claims, startedAt)
          head = task.run(head, records)
          for (const claim of task.claims) claims.add(claim)
          outcomes.push(undefined)
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown
          outcomes.push(thrown)
        }
      }
      if (head !== this.#head || !records.equals(this.#records)) {
        sealed = sealStoreHead(this.#sealer, { chain: head, records })
        this.#statements.moveHead(sealed)
      }
      this.#demandFiles()
      if (!records.equals(this.#records)) {
        isCounting = true
        this.counter?.begin()
      }
      isCommitting = true
      this.#database.exec('COMMIT')
    } catch (cause) {
      this.#rollBack()
      this.#readHead()
      const fault = storeUnavailable(cause)
      return group.map(() => fault)
    } finally {
      if (isCounting) this.counter?.end()
      // A commit that reports an error may have landed, and then its requests were done.
      if (isCommitting) this.#claims.add(claims, startedAt)
    }
    this.#head = head
    this.#records = records
    this.#checkpointWhenDue(group)
    if (sealed !== undefined) this.#mirror.follow(sealed)
    this.onGroup?.(group.length, (performance.now() - startedAt) / 1000)
    return outcomes
  }

  /** Before the task has written anything. @throws Fault RequestReplayed, StoreUnavailable */
  #demandFree({ claims }: Task, ofGroup: ReadonlySet<string>, now: number): void {
    if (claims.length === 0) return
    if (claims.some((claim) => ofGroup.has(claim))) throw new Fault('RequestReplayed', {})
    this.#claims.demandFree(claims, now)
  }

  /**
   * Takes the head as the database has it: a commit that reports an error may have landed all the
   * same, and the chain must go on from where it is. As remembered when it cannot be read.
   */
  #readHead(): void {
    try {
      const { chain, records } = openStoreHead(this.#sealer, storedHead(this.#database))
      this.#head = chain
      if (records !== undefined) this.#records = records
    } catch {
      // Nothing was learned, so nothing is changed.
    }
  }

  /**
   * What SQLite would do by itself in the middle of a commit. Between two commits the writer knows
   * that it is its own doing when the database file changes.
   */
  #checkpointWhenDue(group: readonly Task[]): void {
    this.#pages += COMMIT_COST
    for (const { pages } of group) this.#pages += pages
    if (this.#pages < CHECKPOINT_PAGES) return
    this.#pages = 0
    try {
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch {
      // The log goes on growing; the next commit says what is wrong with the disk.
    } finally {
      this.#files.checkpointed()
    }
  }

  /**
   * Inside the transaction: until its end nobody else can write. Whoever waits for this group, and
   * every read waits for its audit entry, has read before; so what others have written is not
   * served.
   */
  #demandSole(): void {
    this.#tellOfOtherWriter(() => this.#sole.demand())
  }

  #demandFiles(): void {
    this.#tellOfOtherWriter(() => this.#files.demand())
  }

  #tellOfOtherWriter(demand: () => void): void {
    try {
      demand()
    } catch (thrown) {
      if (thrown instanceof Fault && thrown.cause instanceof OtherWriter) {
        this.onOtherWriter?.()
        this.onOtherWriter = undefined
      }
      throw thrown
    }
  }

  /** Should this fail, the next group cannot begin, is refused, and tries it again. */
  #rollBack(): void {
    try {
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    } catch {
      // The reason that is reported is the first error's.
    }
  }

  #takeGroup(): readonly Task[] {
    let bytes = 0
    let count = 0
    for (const task of this.#waiting) {
      bytes += task.bytes
      if (count === MAXIMUM_TASKS || (count > 0 && bytes > MAXIMUM_BYTES)) break
      count++
    }
    return this.#waiting.splice(0, count)
  }
}

function settling(resolve: () => void, reject: (reason: unknown) => void): Settle {
  return (thrown) => {
    if (thrown === undefined) resolve()
    else reject(thrown)
  }
}

function bytesOf({ puts, audit }: Change): number {
  let bytes = 0
  for (const { body, witness } of puts) bytes += body.byteLength + witness.byteLength
  for (const entry of audit) bytes += entry.length
  return bytes
}
