// Spike for ADR 0005: who owns the audit chain, and what a durable entry per read costs.
//
//   node bench/spikes/audit-chains.ts                     variants A-E, just under five minutes
//   node bench/spikes/audit-chains.ts shapes              the writer's path, four minutes
//   taskset -c 1 node bench/spikes/audit-chains.ts parts  the same without HTTP, half a minute
//   node bench/spikes/audit-chains.ts shapes 9            more rounds (default 5)
//
// Needs Linux (/proc, taskset), wrk, openssl and two cores. Writes only to a temporary folder.
// Every variant is a server of its own: cluster primary + workers, HTTPS (TLS 1.3, P-256). All are
// started first, warmed up, then loaded in turn for two seconds, round by round and every second
// round backwards, so that other work on the machine meets all variants alike. The figure to trust
// is req/cpu-s: answers divided by the CPU seconds of primary and workers together, with server and
// wrk pinned to one core. Columns are medians over the rounds; "± %" is half the middle half; "of
// ceiling" (first of its kind) and "of reference" (B, E1) are medians of the ratios round by round.
// Kernel threads that carry disk writes are charged to nobody. Power loss is not simulated.
//
// A read: 600-byte bearer header looked up in a map, a 500-byte row by random key out of 10,000,
// AES-256-GCM, 300 bytes of JSON. An entry: 600 bytes of JSON, linked by SHA-256(previous ‖ entry),
// durable before the answer leaves. A change: one encryption and two rows of 500 bytes.
import cluster, { type Worker } from 'node:cluster'
import { execFile, execFileSync, spawn } from 'node:child_process'
import {
  createCipheriv, createDecipheriv, createHash, createSecretKey, hash, randomBytes,
} from 'node:crypto'
import * as fs from 'node:fs'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { Socket, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

type Where =
  | 'nowhere' // A: no entry at all
  | 'dropped' // A+: the entry is built, then forgotten: what no design can save
  | 'writer' // B: the primary links and commits
  | 'file' // C: each worker appends to a file of its own
  | 'sqlite' // D: each worker commits to a SQLite file of its own
type Shape = 'frame' | 'strings' | 'buffers' | 'pipe'
type Rows = 'row' | 'eight' | 'block' | 'text' | 'no head'

interface Variant {
  readonly name: string
  readonly where: Where
  readonly reference?: boolean // the one the others of its kind are compared with
  readonly change?: boolean // loaded with POST instead of GET
  readonly head?: 'lazy' | 'batch' // C: sealed head each second, or with each batch
  readonly sync?: 'pool' | 'dsync' | 'loop' // C: calls on the pool, O_DSYNC, or sync calls
  readonly shape?: Shape // B: how a batch travels
  readonly batching?: 'tick' | 'single' | 'one-in-flight'
  readonly rows?: Rows // one row an entry, eight rows an INSERT, one row a batch
  readonly checkpointPages?: number
  readonly ownDatabase?: boolean // B: the log is not in the data's database file
  readonly mmap?: boolean // readers map the database file
  readonly rowCache?: boolean // workers keep sealed rows; no invalidation, reads only
  readonly snapshot?: boolean // readers hold one read transaction for all reads of a tick
}

const variants: readonly Variant[] = [
  { name: 'A  no audit', where: 'nowhere' },
  { name: 'A+ entry built, dropped', where: 'dropped' },
  { name: 'B  chain in the writer', where: 'writer', shape: 'pipe', reference: true },
  { name: 'Ci file per worker, lazy head', where: 'file', head: 'lazy' },
  { name: 'Cii file per worker, exact head', where: 'file', head: 'batch' },
  { name: 'D  SQLite per worker', where: 'sqlite' },
  { name: 'E0 change, no audit', where: 'nowhere', shape: 'pipe', change: true },
  { name: 'E1 change + entry, one commit', where: 'writer', shape: 'pipe', change: true,
    reference: true },
  { name: 'E2 change, then entry (Cii)', where: 'file', head: 'batch', shape: 'pipe',
    change: true },
]

const frame = { where: 'writer', shape: 'frame' } as const
const pipe = { where: 'writer', shape: 'pipe' } as const
const shapes: readonly Variant[] = [
  { name: 'no audit', where: 'nowhere' },
  { name: 'no audit, rows cached in worker', where: 'nowhere', rowCache: true },
  { name: 'IPC, one Buffer per batch', ...frame, reference: true },
  { name: 'IPC, array of strings', ...frame, shape: 'strings' },
  { name: 'IPC, array of Buffers', ...frame, shape: 'buffers' },
  { name: 'IPC, one message per entry', ...frame, batching: 'single' },
  { name: 'pipe', ...pipe },
  { name: 'pipe, one batch in flight', ...pipe, batching: 'one-in-flight' },
  { name: 'pipe, eight rows per INSERT', ...pipe, rows: 'eight' },
  { name: 'pipe, one row per batch', ...pipe, rows: 'block' },
  { name: 'pipe, wal_autocheckpoint 250', ...pipe, checkpointPages: 250 },
  { name: 'pipe, wal_autocheckpoint 4000', ...pipe, checkpointPages: 4000 },
  { name: 'pipe, log in its own database', ...pipe, ownDatabase: true },
  { name: 'pipe, rows cached in worker', ...pipe, rowCache: true },
  { name: 'pipe, readers with mmap', ...pipe, mmap: true },
  { name: 'pipe, readers with tick snapshot', ...pipe, snapshot: true },
  { name: 'file, exact head, O_DSYNC', where: 'file', head: 'batch', sync: 'dsync' },
  { name: 'file, exact head, sync calls', where: 'file', head: 'batch', sync: 'loop' },
]

const keyCount = 10_000
const hashBytes = 32
const headerBytes = 8 // frame length, batch number
const pipeFd = 4
const key = createSecretKey(Buffer.alloc(32, 7))
const keyName = (index: number): string => `vault/secrets/name-${String(index).padStart(6, '0')}`

function seal(plain: Buffer): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function unseal(sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const plain = decipher.update(sealed.subarray(12, -16))
  decipher.final()
  return plain
}

function openDatabase(path: string, checkpointPages = 1000): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec(`PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
    PRAGMA wal_autocheckpoint=${checkpointPages}; PRAGMA cache_size=-65536;
    CREATE TABLE IF NOT EXISTS record (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS entry (sequence INTEGER PRIMARY KEY, hash BLOB, entry BLOB);
    CREATE TABLE IF NOT EXISTS head (id INTEGER PRIMARY KEY, sealed BLOB)`)
  return database
}

/** One chain: the hash of the last entry and how many there are. */
class Chain {
  count = 0
  commits = 0
  hash: Buffer = Buffer.alloc(hashBytes)

  /** Links the entry that has `hashBytes` of free room before it, without copying it. */
  link(bytes: Buffer, at: number, end: number): void {
    this.hash.copy(bytes, at)
    this.hash = hash('sha256', bytes.subarray(at, end), 'buffer')
    this.count++
  }

  linkApart(entry: string | Uint8Array): void {
    this.hash = createHash('sha256').update(this.hash).update(entry).digest()
    this.count++
  }

  sealedHead(): Buffer {
    const plain = Buffer.alloc(16 + hashBytes)
    plain.writeDoubleLE(this.count)
    plain.writeDoubleLE(this.commits, 8) // for the table only
    this.hash.copy(plain, 16)
    return seal(plain)
  }
}

interface Put { readonly key: string, readonly value: Buffer }
interface Task {
  readonly puts: readonly Put[]
  readonly entry: string | undefined
  readonly done: () => void
}

/**
 * The tasks of a tick as one Buffer: length u32, batch u32, then for each task: puts u16, each put
 * as key length u16, value length u32, key, value; entry length u32, 32 bytes of room, entry.
 */
class Frame {
  #bytes = Buffer.allocUnsafe(64 * 1024)
  #end = headerBytes

  add(task: Task): void {
    let room = 16 + (task.entry === undefined ? 0 : hashBytes + task.entry.length * 3)
    for (const put of task.puts) room += 6 + put.key.length * 3 + put.value.length
    while (this.#end + room > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes, Buffer.allocUnsafe(this.#bytes.length)])
    }
    const bytes = this.#bytes
    let at = bytes.writeUInt16LE(task.puts.length, this.#end)
    for (const put of task.puts) {
      const keyBytes = bytes.write(put.key, at + 6)
      bytes.writeUInt16LE(keyBytes, at)
      bytes.writeUInt32LE(put.value.length, at + 2)
      at += 6 + keyBytes
      at += put.value.copy(bytes, at)
    }
    let entryBytes = 0
    if (task.entry !== undefined) entryBytes = bytes.write(task.entry, at + 4 + hashBytes)
    bytes.writeUInt32LE(entryBytes, at)
    this.#end = at + 4 + hashBytes + entryBytes
  }

  /** A copy, so that the same memory serves the next tick. */
  take(batch: number): Buffer {
    this.#bytes.writeUInt32LE(this.#end, 0)
    this.#bytes.writeUInt32LE(batch, 4)
    const taken = Buffer.copyBytesFrom(this.#bytes, 0, this.#end)
    this.#end = headerBytes
    return taken
  }
}

function eachTask(
  bytes: Buffer,
  onPut: (key: string, value: Buffer) => void,
  onEntry: (at: number, end: number) => void,
): void {
  let at = headerBytes
  while (at < bytes.length) {
    let puts = bytes.readUInt16LE(at)
    at += 2
    for (; puts > 0; puts--) {
      const valueAt = at + 6 + bytes.readUInt16LE(at)
      const end = valueAt + bytes.readUInt32LE(at + 2)
      onPut(bytes.toString('utf8', at + 6, valueAt), bytes.subarray(valueAt, end))
      at = end
    }
    const end = at + 4 + hashBytes + bytes.readUInt32LE(at)
    if (end > at + 4 + hashBytes) onEntry(at + 4, end)
    at = end
  }
}

type Batch = Buffer | readonly (string | Uint8Array)[]

/** Links and commits the batches of a tick in one transaction, sealed head included. */
class Writer {
  readonly #chain = new Chain()
  readonly #queue: { readonly batch: Batch, readonly acked: () => void }[] = []
  readonly #rows: Rows
  readonly #statements

  constructor(database: DatabaseSync, rows: Rows = 'row') {
    this.#rows = rows
    const eight = Array(8).fill('(?, ?, ?)').join(', ')
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      put: database.prepare(`INSERT INTO record VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`),
      entry: database.prepare('INSERT INTO entry VALUES (?, ?, ?)'),
      eight: database.prepare(`INSERT INTO entry VALUES ${eight}`),
      head: database.prepare('INSERT OR REPLACE INTO head VALUES (1, ?)'),
      commit: database.prepare('COMMIT'),
    }
  }

  push(batch: Batch, acked: () => void): void {
    if (this.#queue.push({ batch, acked }) === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const queue = this.#queue.splice(0)
    const before = this.#chain.count
    this.#chain.commits++
    this.#statements.begin.run()
    for (const { batch } of queue) this.#apply(batch)
    if (this.#chain.count > before && this.#rows !== 'no head') {
      this.#statements.head.run(this.#chain.sealedHead())
    }
    this.#statements.commit.run()
    for (const { acked } of queue) acked()
  }

  #apply(batch: Batch): void {
    const chain = this.#chain
    const { put, entry, eight } = this.#statements
    if (!Buffer.isBuffer(batch)) {
      for (const each of batch) {
        chain.linkApart(each)
        entry.run(chain.count, chain.hash, each)
      }
      return
    }
    const values: (number | Buffer)[] = []
    eachTask(batch, (name, value) => put.run(name, value), (at, end) => {
      chain.link(batch, at, end)
      if (this.#rows === 'block') return
      const stored = batch.subarray(at + hashBytes, end)
      if (this.#rows === 'text') entry.run(chain.count, chain.hash, stored.toString())
      else if (this.#rows !== 'eight') entry.run(chain.count, chain.hash, stored)
      else if (values.push(chain.count, chain.hash, stored) === 24) eight.run(...values.splice(0))
    })
    for (let at = 0; at < values.length; at += 3) entry.run(...values.slice(at, at + 3))
    if (this.#rows === 'block') entry.run(chain.count, chain.hash, batch)
  }
}

/** C: one append-only file and one head file; one flush in flight, the next batch collects. */
class FileChain {
  readonly #chain = new Chain()
  readonly #frame = new Frame()
  #waiting: (() => void)[] = []
  #busy = false
  readonly #sync: 'pool' | 'dsync' | 'loop'
  readonly #exact: boolean
  readonly #log: number
  readonly #head: number

  constructor(path: string, variant: Variant) {
    this.#sync = variant.sync ?? 'pool'
    this.#exact = variant.head === 'batch'
    const flags = fs.constants.O_CREAT | fs.constants.O_WRONLY
      | (this.#sync === 'dsync' ? fs.constants.O_DSYNC : 0)
    this.#log = fs.openSync(path, flags | fs.constants.O_APPEND)
    this.#head = fs.openSync(`${path}.head`, flags)
    if (!this.#exact) setInterval(() => this.#writeHead(() => {}), 1000)
  }

  record(task: Task): void {
    this.#frame.add(task)
    this.#waiting.push(task.done)
    if (this.#busy) return
    this.#busy = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    const bytes = this.#frame.take(0)
    this.#chain.commits++
    eachTask(bytes, () => {}, (at, end) => this.#chain.link(bytes, at, end))
    const durable = (): void => {
      this.#busy = this.#waiting.length > 0
      if (this.#busy) setImmediate(() => this.#flush())
      for (const done of waiting) done()
    }
    // The head follows the data: a head ahead of its data would look like a cut tail.
    this.#write(this.#log, bytes, null, () => {
      if (this.#exact) this.#writeHead(durable)
      else durable()
    })
  }

  #writeHead(then: () => void): void {
    this.#write(this.#head, this.#chain.sealedHead(), 0, then)
  }

  #write(file: number, bytes: Buffer, position: number | null, then: () => void): void {
    if (this.#sync === 'loop') {
      fs.writeSync(file, bytes, 0, bytes.length, position)
      fs.fdatasyncSync(file)
      then()
      return
    }
    const fail = (error: Error | null): void => { if (error !== null) throw error }
    fs.writev(file, [bytes], position, (error, written) => {
      fail(error)
      if (written !== bytes.length) throw new Error('short write')
      if (this.#sync === 'dsync') then()
      else fs.fdatasync(file, (failed) => { fail(failed); then() })
    })
  }
}

/** B: the worker's end of the writer. */
class RemoteWriter {
  readonly #frame = new Frame()
  readonly #shape: Shape
  readonly #batching: 'tick' | 'single' | 'one-in-flight'
  readonly #inFlight = new Map<number, readonly (() => void)[]>()
  #entries: string[] = []
  #waiting: (() => void)[] = []
  #scheduled = false
  #batch = 0
  #sendFrame: (bytes: Buffer) => void

  constructor(variant: Variant) {
    this.#shape = variant.shape ?? 'frame'
    this.#batching = variant.batching ?? 'tick'
    this.#sendFrame = (bytes) => { process.send?.(bytes) }
    if (this.#shape === 'pipe') {
      // A buffer of its own for the small acknowledgements: no 64 KiB allocation for each.
      const acks = Buffer.alloc(4096)
      const socket = new Socket({ fd: pipeFd, onread: { buffer: acks, callback: (bytes) => {
        if (bytes % 4 !== 0) throw new Error('a torn acknowledgement: the spike does not join them')
        for (let at = 0; at < bytes; at += 4) this.#acked(acks.readUInt32LE(at))
        return true
      } } })
      this.#sendFrame = (bytes) => { socket.write(bytes) }
    } else {
      process.on('message', (batch) => { this.#acked(Number(batch)) })
    }
  }

  record(task: Task): void {
    if (this.#shape === 'frame' || this.#shape === 'pipe') this.#frame.add(task)
    else this.#entries.push(task.entry ?? '')
    this.#waiting.push(task.done)
    if (this.#batching === 'single') this.#flush()
    else this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled || (this.#batching === 'one-in-flight' && this.#inFlight.size > 0)) return
    this.#scheduled = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    const batch = this.#batch = (this.#batch + 1) % 0xffffffff
    this.#inFlight.set(batch, this.#waiting)
    this.#waiting = []
    const entries = this.#entries
    this.#entries = []
    if (this.#shape === 'strings') process.send?.([batch, entries])
    else if (this.#shape === 'buffers') process.send?.([batch, entries.map((e) => Buffer.from(e))])
    else this.#sendFrame(this.#frame.take(batch))
  }

  #acked(batch: number): void {
    const waiting = this.#inFlight.get(batch) ?? []
    this.#inFlight.delete(batch)
    for (const done of waiting) done()
    if (this.#waiting.length > 0) this.#schedule()
  }
}

interface ServeOptions {
  readonly variant: Variant
  readonly folder: string
  readonly workers: number
  readonly tls: string
}

function runPrimary({ variant, folder, workers }: ServeOptions): void {
  cluster.setupPrimary({ serialization: 'advanced', args: process.argv.slice(2),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'] })
  const path = join(folder, variant.ownDatabase === true ? 'log.db' : 'data.db')
  const writer = new Writer(openDatabase(path, variant.checkpointPages), variant.rows)
  const pids = [process.pid]
  cluster.on('message', (worker: Worker, message: Message) => {
    const [number, batch] = openMessage(message)
    writer.push(batch, () => worker.send(number))
  })
  cluster.on('listening', (worker, { port }) => {
    pids.push(worker.process.pid ?? 0)
    if (pids.length > workers) process.stdout.write(`${JSON.stringify({ port, pids })}\n`)
  })
  for (let started = 0; started < workers; started++) {
    const pipe = cluster.fork().process.stdio[pipeFd]
    if (pipe instanceof Socket) servePipe(pipe, writer)
  }
}

type Message = Buffer | [number, string[]]

const openMessage = (message: Message): [number, Batch] =>
  Buffer.isBuffer(message) ? [message.readUInt32LE(4), message] : message

function servePipe(pipe: Socket, writer: Pick<Writer, 'push'>): void {
  let rest: Buffer = Buffer.alloc(0)
  pipe.on('data', (data: Buffer) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data])
    while (rest.length >= headerBytes && rest.length >= rest.readUInt32LE(0)) {
      const bytes = rest.subarray(0, rest.readUInt32LE(0))
      rest = rest.subarray(bytes.length)
      writer.push(bytes, () => { pipe.write(bytes.subarray(4, 8)) })
    }
  })
}

function auditEntry(operation: string, name: string, address: string | undefined): string {
  return JSON.stringify({
    time: Date.now() / 1000,
    requestId: '0b8f7f0e-5c1f-4c55-9d0e-8b1f3f6a2c11',
    worker: process.pid,
    door: 'azure',
    apiVersion: '2025-07-01',
    principal: { type: 'service', oid: '4d6a2f0b-7a55-4e5c-8a43-0f5f4f1d9b7e',
      appid: '9f0c4c53-31a2-4f46-b1f3-7f0f7c0b6f21',
      tenant: '72f988bf-86f1-41af-91ab-2d7cd011db47' },
    address,
    operation,
    object: name,
    version: '7f1c0a3b9d2e4f5a8b6c7d8e9f0a1b2c',
    allowedBy: { assignment: 'c3b0a5de-2f3c-49d6-8a0b-4b0d5ed6a7f9', role: 'secrets-user' },
    outcome: 'success',
    status: 200,
    userAgent: 'azsdk-js-keyvault-secrets/4.9.0 core-rest-pipeline/1.16.0 Node/26.10.0 OS/linux',
  })
}

function runWorker({ variant, folder, tls }: ServeOptions): void {
  const reader = new DatabaseSync(join(folder, 'data.db'), { readOnly: true })
  reader.exec(`PRAGMA cache_size=-65536; PRAGMA mmap_size=${variant.mmap === true ? 2 ** 30 : 0}`)
  const select = reader.prepare('SELECT value FROM record WHERE key = ?')
  let inSnapshot = false
  const rows = new Map<string, Uint8Array>()
  const readRow = (name: string): Uint8Array => {
    const cached = rows.get(name)
    if (cached !== undefined) return cached
    if (variant.snapshot === true && !inSnapshot) {
      inSnapshot = true
      reader.exec('BEGIN')
      setImmediate(() => { inSnapshot = false; reader.exec('COMMIT') })
    }
    const value = select.get(name)?.['value']
    if (!(value instanceof Uint8Array)) throw new Error(`no row ${name}`)
    if (variant.rowCache === true) rows.set(name, value)
    return value
  }

  const remote = variant.where === 'writer' || variant.change === true
    ? new RemoteWriter(variant) : undefined
  const record = recorderFor(variant, folder, remote)
  const tokens = new Map<string, string>()
  let changes = 0
  const answer = (response: ServerResponse, body: string): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
    response.end(body)
  }
  const handle = (request: IncomingMessage, response: ServerResponse, sent: string): void => {
    const token = request.headers.authorization ?? ''
    if (!tokens.has(token)) tokens.set(token, token)
    const name = (request.url ?? '').slice(1)
    const change = request.method === 'POST'
    const operation = change ? 'setSecret' : 'getSecret'
    const plain = change ? Buffer.from(sent.padEnd(472)) : unseal(readRow(name))
    const body = JSON.stringify({ id: `https://vault.example/${name}`, contentType: 'text/plain',
      value: plain.toString('latin1', 0, 120),
      attributes: { enabled: true, created: 176e7, updated: 176e7, recoverableDays: 90 } })
    const value = change ? seal(plain) : plain
    record({
      puts: change
        ? [{ key: name, value }, { key: `${name}/${process.pid}-${++changes}`, value }] : [],
      entry: variant.where === 'nowhere' ? undefined
        : auditEntry(operation, name, request.socket.remoteAddress),
      done: () => answer(response, body),
    })
  }
  const keyFile = fs.readFileSync(join(tls, 'key.pem'))
  const cert = fs.readFileSync(join(tls, 'cert.pem'))
  const options = { key: keyFile, cert, keepAliveTimeout: 75_000 }
  const server = createServer(options, (request, response) => {
    if (request.method === 'GET') { handle(request, response, ''); return }
    let sent = ''
    request.setEncoding('utf8').on('data', (part) => { sent += part })
    request.on('end', () => handle(request, response, sent))
  })
  server.listen({ port: 0, host: '127.0.0.1' }, () => (server.address() as AddressInfo).port)
}

function recorderFor(
  variant: Variant, folder: string, remote: RemoteWriter | undefined,
): (task: Task) => void {
  const own = join(folder, `chain-${cluster.worker?.id ?? 0}`)
  if (variant.where === 'writer' && remote !== undefined) return (task) => remote.record(task)
  if (variant.where === 'nowhere' && remote !== undefined) return (task) => remote.record(task)
  if (variant.where === 'file') {
    const chain = new FileChain(`${own}.log`, variant)
    if (remote === undefined) return (task) => chain.record(task)
    // E2: two commits, one after the other. A crash between them leaves a change without entry.
    return ({ puts, entry, done }) => {
      const then = (): void => chain.record({ puts: [], entry, done })
      remote.record({ puts, entry: undefined, done: then })
    }
  }
  if (variant.where === 'sqlite') {
    const writer = new Writer(openDatabase(`${own}.db`))
    const batch = new Frame()
    let waiting: (() => void)[] = []
    return (task) => {
      batch.add(task)
      if (waiting.push(task.done) > 1) return
      setImmediate(() => {
        const dones = waiting
        waiting = []
        writer.push(batch.take(0), () => { for (const done of dones) done() })
      })
    }
  }
  return (task) => task.done()
}

// ------------------------------------------------------------------ the driver: load and measure

interface Running { readonly variant: Variant, readonly url: string, readonly pids: number[],
  readonly folder: string }
interface Sample { readonly perCpu: number, readonly perSecond: number, readonly p50: number,
  readonly p99: number, readonly perCommit: number }

const run = promisify(execFile)
const self = fileURLToPath(import.meta.url)
const oneCore = '1'
const bothCores = '0,1'

function prepare(root: string): void {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-nodes', '-keyout', join(root, 'key.pem'), '-out', join(root, 'cert.pem'), '-days', '2',
    '-subj', '/CN=localhost'], { stdio: 'ignore' })
  const database = openDatabase(join(root, 'base.db'))
  const put = database.prepare('INSERT INTO record VALUES (?, ?)')
  database.exec('BEGIN')
  for (let index = 0; index < keyCount; index++) {
    put.run(keyName(index), seal(Buffer.from(randomBytes(236).toString('hex'))))
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
  const lua = (method: string, body: string): string => `local requests = {}
    init = function()
      local headers = { authorization = "Bearer ${'t'.repeat(600)}" }
      for index = 0, ${keyCount - 1} do
        requests[index] = wrk.format("${method}", string.format("/vault/secrets/name-%06d", index),
          headers, ${body})
      end
    end
    request = function() return requests[math.random(0, ${keyCount - 1})] end`
  fs.writeFileSync(join(root, 'GET.lua'), lua('GET', 'nil'))
  fs.writeFileSync(join(root, 'POST.lua'), lua('POST', `'{"value":"${'v'.repeat(300)}"}'`))
}

async function start(
  root: string, variant: Variant, workers: number, cores: string,
): Promise<Running> {
  const folder = fs.mkdtempSync(join(root, 'server-'))
  fs.copyFileSync(join(root, 'base.db'), join(folder, 'data.db'))
  const options: ServeOptions = { variant, folder, workers, tls: root }
  const server = spawn('taskset', ['-c', cores, process.execPath, self, 'serve',
    JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { port, pids } = await new Promise<{ port: number, pids: number[] }>((ready, failed) => {
    server.stdout.once('data', (line: Buffer) => ready(JSON.parse(line.toString())))
    server.once('exit', () => failed(new Error(`${variant.name} did not start`)))
  })
  return { variant, url: `https://127.0.0.1:${port}`, pids, folder }
}

async function stop(servers: readonly Running[]): Promise<void> {
  for (const pid of servers.flatMap((server) => server.pids)) {
    try { process.kill(pid, 'SIGKILL') } catch { /* already gone with its primary */ }
  }
  await new Promise((resolve) => { setTimeout(resolve, 300) })
}

function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / 100
}

async function wrk(
  root: string, server: Running, cores: string, connections: number, seconds: number,
): Promise<string> {
  const threads = Math.min(cores.split(',').length, connections)
  const script = join(root, server.variant.change === true ? 'POST.lua' : 'GET.lua')
  const { stdout } = await run('taskset', ['-c', cores, 'wrk', '--latency', `-t${threads}`,
    `-c${connections}`, `-d${seconds}s`, '-s', script, server.url])
  return stdout
}

async function measure(
  root: string, server: Running, cores: string, connections: number, seconds: number,
): Promise<Sample> {
  const head = chainHeads(server)
  const before = cpuSeconds(server.pids)
  const output = await wrk(root, server, cores, connections, seconds)
  const cpu = cpuSeconds(server.pids) - before
  const after = chainHeads(server)
  if (/Non-2xx|Socket errors/.test(output)) throw new Error(`${server.variant.name}: ${output}`)
  const [, count = '0', took = '1', unit] = /(\d+) requests in ([\d.]+)(m?s)/.exec(output) ?? []
  const micros = (percentile: number): number => {
    const [, value, of = ''] = new RegExp(` ${percentile}% +([\\d.]+)(us|ms|s)`).exec(output) ?? []
    return Number(value) * ({ us: 1, ms: 1e3, s: 1e6 }[of] ?? NaN)
  }
  const elapsed = Number(took) / (unit === 'ms' ? 1000 : 1)
  return { perCpu: Number(count) / cpu, perSecond: Number(count) / elapsed, p50: micros(50),
    p99: micros(99), perCommit: (after.count - head.count) / (after.commits - head.commits) }
}

async function interleave(
  root: string, servers: readonly Running[], cores: string, connections: number, rounds: number,
  seconds: number,
): Promise<Map<Running, Sample[]>> {
  const samples = new Map<Running, Sample[]>(servers.map((server) => [server, []]))
  for (const server of servers) await wrk(root, server, cores, connections, 2) // warms up
  for (let round = 0; round < rounds; round++) {
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      samples.get(server)?.push(await measure(root, server, cores, connections, seconds))
    }
  }
  return samples
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((one, two) => one - two)[Math.floor(values.length * part)] ?? NaN
}

const median = (values: readonly number[]): number => quantile(values, 0.5)

function printTable(title: string, samples: Map<Running, Sample[]>): void {
  console.log(`\n${title}\n`)
  console.log('| variant | req/cpu-s | ± % | of ceiling | of reference | cpu µs | req/s '
    + '| of reference | p50 µs | p99 µs | entries per commit |')
  console.log('|---|---|---|---|---|---|---|---|---|---|---|')
  for (const [server, list] of samples) {
    const peers = [...samples].filter(([peer]) => peer.variant.change === server.variant.change)
    const reference = peers.find(([peer]) => peer.variant.reference === true)?.[1]
    const of = (field: keyof Sample): number => median(list.map((sample) => sample[field]))
    // Round against round, so that a busy minute does not count against one variant only.
    const against = (other: readonly Sample[] | undefined, field: keyof Sample): string =>
      median(list.map((sample, round) => sample[field] / (other?.[round]?.[field] ?? NaN)))
        .toFixed(2)
    const spread = (quantile(list.map((sample) => sample.perCpu), 0.75)
      - quantile(list.map((sample) => sample.perCpu), 0.25)) / 2 / of('perCpu') * 100
    const cells = [server.variant.name, of('perCpu').toFixed(0), spread.toFixed(0),
      against(peers[0]?.[1], 'perCpu'), against(reference, 'perCpu'),
      (1e6 / of('perCpu')).toFixed(1), of('perSecond').toFixed(0),
      against(reference, 'perSecond'), of('p50').toFixed(0), of('p99').toFixed(0),
      of('perCommit').toFixed(1)]
    console.log(`| ${cells.join(' | ').replaceAll('NaN', '–')} |`)
  }
}

// ------------------------------------------------- what the sealed head is worth after kill -9

interface Head { readonly count: number, readonly commits: number }

function openHead(sealed: unknown): Head {
  if (!(sealed instanceof Uint8Array) || sealed.length === 0) return { count: 0, commits: 0 }
  const plain = unseal(sealed)
  return { count: plain.readDoubleLE(0), commits: plain.readDoubleLE(8) }
}

function databaseHead(path: string): Head {
  const database = new DatabaseSync(path, { readOnly: true })
  const head = openHead(database.prepare('SELECT sealed FROM head').get()?.['sealed'])
  database.close()
  return head
}

/** The sum over all chains of a server. */
function chainHeads({ folder }: Running): Head {
  const heads = fs.readdirSync(folder).map((file) => file.endsWith('.db')
    ? databaseHead(join(folder, file))
    : openHead(file.endsWith('.head') ? fs.readFileSync(join(folder, file)) : undefined))
  return { count: heads.reduce((sum, { count }) => sum + count, 0),
    commits: heads.reduce((sum, { commits }) => sum + commits, 0) }
}

function entriesInDatabase(path: string): { entries: number, head: number, broken: number } {
  const database = new DatabaseSync(path)
  const chain = new Chain()
  let broken = 0
  for (const row of database.prepare('SELECT * FROM entry ORDER BY sequence').iterate()) {
    if (row['entry'] instanceof Uint8Array) chain.linkApart(row['entry'])
    if (!(row['hash'] instanceof Uint8Array) || !chain.hash.equals(row['hash'])) broken++
  }
  return { entries: chain.count, head: databaseHead(path).count, broken }
}

function entriesInFile(path: string): { entries: number, head: number, broken: number } {
  const bytes = fs.readFileSync(path)
  const chain = new Chain()
  let broken = 0
  for (let at = 0; at + headerBytes <= bytes.length;) {
    const end = at + bytes.readUInt32LE(at)
    if (end > bytes.length) break // torn: never acknowledged
    eachTask(bytes.subarray(at, end), () => {}, (from, to) => {
      if (!chain.hash.equals(bytes.subarray(at + from, at + from + hashBytes))) broken++
      chain.linkApart(bytes.subarray(at + from + hashBytes, at + to))
    })
    at = end
  }
  return { entries: chain.count, head: openHead(fs.readFileSync(`${path}.head`)).count, broken }
}

async function killAndCount(root: string, kills: number): Promise<void> {
  console.log(`\nAfter kill -9 of the whole server under load, ${kills} kills each\n`)
  console.log('| variant | entries | broken links | answered but missing | entries after the head '
    + '| head ahead | changes without entry |\n|---|---|---|---|---|---|---|')
  for (const variant of variants.filter(({ where }) => /writer|file|sqlite/.test(where))) {
    const found = { entries: 0, broken: 0, missing: 0, after: [] as number[], ahead: 0,
      bare: [] as number[] }
    for (let kill = 0; kill < kills; kill++) {
      const server = await start(root, variant, 1, oneCore)
      const load = wrk(root, server, oneCore, 32, 2)
      await new Promise((resolve) => { setTimeout(resolve, 1300 + Math.random() * 400) })
      await stop([server])
      const answered = Number(/(\d+) requests in/.exec(await load)?.[1])
      const data = join(server.folder, 'data.db')
      const { entries, head, broken } = variant.where === 'writer' ? entriesInDatabase(data)
        : variant.where === 'sqlite' ? entriesInDatabase(join(server.folder, 'chain-1.db'))
          : entriesInFile(join(server.folder, 'chain-1.log'))
      found.entries += entries
      found.broken += broken
      found.missing += Math.max(0, answered - entries)
      found.after.push(entries - head)
      if (head > entries) found.ahead++
      const rows = new DatabaseSync(data).prepare('SELECT count(*) AS rows FROM record').get()
      if (variant.change === true) found.bare.push(Number(rows?.['rows']) - keyCount - entries)
      fs.rmSync(server.folder, { recursive: true })
    }
    console.log(`| ${[variant.name, found.entries, found.broken, found.missing,
      found.after.join(', '), found.ahead, found.bare.join(', ') || '–'].join(' | ')} |`)
  }
}

// ------------------------------------------------------- the writer's path without HTTP, in parts

const batchSizes = [1, 16, 64]
const batchesPerSlice = 300

/** The far end of a transport: one batch after the other, as many as asked for. */
function runLoop(variant: Variant): void {
  const remote = new RemoteWriter(variant)
  const entry = auditEntry('getSecret', keyName(1), '127.0.0.1')
  let batches = 0
  let size = 1
  let before = process.cpuUsage()
  const next = (): void => {
    if (batches-- === 0) {
      const { user, system } = process.cpuUsage(before)
      process.send?.({ cpuMicros: user + system })
      return
    }
    let open = size
    const done = (): void => { if (--open === 0) next() }
    for (let index = 0; index < size; index++) remote.record({ puts: [], entry, done })
  }
  process.on('message', (message) => {
    if (!Array.isArray(message)) return // an acknowledgement
    size = Number(message[0])
    batches = batchesPerSlice
    before = process.cpuUsage()
    next()
  })
}

async function parts(root: string, rounds: number): Promise<void> {
  const measured = new Map<string, number[][]>()
  const slice = async (
    name: string, column: number, batches: () => Promise<number>,
  ): Promise<void> => {
    const before = process.cpuUsage()
    const farEnd = await batches()
    const { user, system } = process.cpuUsage(before)
    const micros = user + system + farEnd
    const columns = measured.get(name) ?? batchSizes.map(() => [])
    columns[column]?.push(micros / batchesPerSlice)
    measured.set(name, columns)
  }

  const entry = auditEntry('getSecret', keyName(1), '127.0.0.1')
  const templates = batchSizes.map((size) => {
    const tasks = new Frame()
    for (let index = 0; index < size; index++) tasks.add({ puts: [], entry, done: () => {} })
    return tasks.take(1)
  })
  const stores = ([
    ['row per entry, BLOB', 'row', 1000], ['row per entry, TEXT', 'text', 1000],
    ['eight rows per INSERT', 'eight', 1000], ['row per batch', 'block', 1000],
    ['without the sealed head', 'no head', 1000],
    ['wal_autocheckpoint 250', 'row', 250], ['wal_autocheckpoint 4000', 'row', 4000],
  ] as const).map(([name, rows, pages]) =>
    [name, new Writer(openDatabase(join(root, `${name}.db`), pages), rows)] as const)
  const links = (['frame', 'strings', 'buffers', 'pipe'] as const).map((shape) => {
    cluster.setupPrimary({ serialization: 'advanced',
      args: ['loop', JSON.stringify({ name: shape, where: 'writer', shape })],
      stdio: ['inherit', 'inherit', 'inherit', 'ipc', 'pipe'] })
    const worker = cluster.fork()
    const acknowledge = { push: (_batch: Batch, acked: () => void) => { setImmediate(acked) } }
    const pipe = worker.process.stdio[pipeFd]
    if (pipe instanceof Socket) servePipe(pipe, acknowledge)
    const finished: ((cpuMicros: number) => void)[] = []
    worker.on('message', (message: Message | { readonly cpuMicros: number }) => {
      if ('cpuMicros' in message) { finished.shift()?.(message.cpuMicros); return }
      const [number, batch] = openMessage(message)
      acknowledge.push(batch, () => worker.send(number))
    })
    const online = new Promise((resolve) => { worker.once('online', resolve) })
    const ask = async (size: number): Promise<number> => {
      await online
      return new Promise((resolve) => { finished.push(resolve); worker.send([size]) })
    }
    return [shape, worker, ask] as const
  })
  for (let round = -1; round < rounds; round++) {
    if (round === 0) measured.clear() // the first round warms up
    for (const [column, size] of batchSizes.entries()) {
      const template = templates[column] ?? Buffer.alloc(0)
      for (const [name, writer] of stores) {
        await slice(`commit: ${name}`, column, async () => {
          for (let batch = 0; batch < batchesPerSlice; batch++) {
            const bytes = Buffer.copyBytesFrom(template)
            await new Promise<void>((resolve) => { writer.push(bytes, resolve) })
          }
          return 0
        })
      }
      for (const [shape, , ask] of links) {
        await slice(`there and back: ${shape}`, column, () => ask(size))
      }
    }
  }
  for (const [, worker] of links) worker.kill('SIGKILL')
  console.log('\nCPU µs per batch, both ends, one batch at a time (± half the middle half)\n')
  console.log(`| part | ${batchSizes.map((size) => `${size} entries`).join(' | ')} |`)
  console.log(`|---|${'---|'.repeat(batchSizes.length)}`)
  for (const [name, columns] of measured) {
    const cells = columns.map((list) => `${median(list).toFixed(0)} ± ${
      ((quantile(list, 0.75) - quantile(list, 0.25)) / 2).toFixed(0)}`)
    console.log(`| ${[name, ...cells].join(' | ')} |`)
  }
}

async function main(mode: string, rounds: number): Promise<void> {
  const root = fs.mkdtempSync(join(tmpdir(), 'audit-chains-'))
  const running: Running[] = []
  const startAll = async (list: readonly Variant[], workers: number): Promise<Running[]> => {
    const servers: Running[] = []
    for (const variant of list) {
      servers.push(await start(root, variant, workers, workers === 1 ? oneCore : bothCores))
      running.push(...servers.slice(-1))
    }
    return servers
  }
  try {
    if (mode === 'parts') { await parts(root, rounds); return }
    prepare(root)
    const one = await startAll(mode === 'shapes' ? shapes : variants, 1)
    printTable('1 worker, 32 connections, server and wrk on one core',
      await interleave(root, one, oneCore, 32, rounds, 2))
    if (mode === 'shapes') return
    printTable('1 worker, 1 connection, server and wrk on one core',
      await interleave(root, one, oneCore, 1, Math.ceil(rounds / 2), 1))
    await stop(one)
    const two = await startAll(variants, 2)
    printTable('2 workers, 32 connections, server and wrk on the same two cores',
      await interleave(root, two, bothCores, 32, Math.ceil(rounds / 2), 2))
    await stop(two)
    await killAndCount(root, 3)
  } finally {
    await stop(running)
    fs.rmSync(root, { recursive: true })
  }
}

const [mode = 'variants', argument] = process.argv.slice(2)
if (mode === 'serve') {
  const options = JSON.parse(argument ?? '') as ServeOptions
  if (cluster.isPrimary) runPrimary(options)
  else runWorker(options)
} else if (mode === 'loop') {
  runLoop(JSON.parse(argument ?? '') as Variant)
} else {
  await main(mode, Number(argument ?? 5))
}
