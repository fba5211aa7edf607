// What the client's unit tests use of `node:test`, for a browser: they are collected as their
// modules are read, and run afterwards, one after the other.

type Check = () => unknown

type HookName = 'before' | 'after' | 'beforeEach' | 'afterEach'

interface Suite {
  readonly name: string
  readonly hooks: Record<HookName, Check[]>
  readonly entries: (Suite | { readonly name: string; readonly check: Check })[]
}

/** How a test ended. */
export interface Ending {
  /** Those of the suites around it, from the file's on, and its own. */
  readonly name: string
  /** Why it failed; none when it passed. */
  readonly reason?: string
}

function suite(name: string): Suite {
  return { name, hooks: { before: [], after: [], beforeEach: [], afterEach: [] }, entries: [] }
}

const root = suite('')
let current = root

/** Reads the module of a file of tests; what it says at the top is its own. */
export async function file(name: string, read: () => Promise<unknown>): Promise<void> {
  const own = suite(name)
  root.entries.push(own)
  current = own
  try {
    await read()
  } catch (error) {
    it('its module is read', () => Promise.reject(error))
  } finally {
    current = root
  }
}

export function describe(name: string, define: () => void): void {
  const [around, own] = [current, suite(name)]
  around.entries.push(own)
  current = own
  try {
    define()
  } finally {
    current = around
  }
}

export function it(name: string, check: Check): void {
  current.entries.push({ name, check })
}

export const before = (check: Check): void => void current.hooks.before.push(check)
export const after = (check: Check): void => void current.hooks.after.push(check)
export const beforeEach = (check: Check): void => void current.hooks.beforeEach.push(check)
export const afterEach = (check: Check): void => void current.hooks.afterEach.push(check)

/** Runs all that was read. */
export async function endings(): Promise<readonly Ending[]> {
  const all: Ending[] = []
  for (const entry of root.entries) await play(entry, [], all)
  return all
}

async function play(
  entry: Suite['entries'][number],
  around: readonly Suite[],
  all: Ending[],
): Promise<void> {
  const name = [...around.map((one) => one.name), entry.name].join(' > ')
  if ('entries' in entry) {
    await attempt(`${name} > before`, async () => runAll(entry.hooks.before), all)
    for (const inner of entry.entries) await play(inner, [...around, entry], all)
    await attempt(`${name} > after`, async () => runAll(entry.hooks.after), all)
    return
  }
  const passed = await attempt(name, async () => {
    try {
      for (const { hooks } of around) await runAll(hooks.beforeEach)
      await entry.check()
    } finally {
      for (const { hooks } of around.toReversed()) await runAll(hooks.afterEach)
    }
  }, all)
  if (passed) all.push({ name })
}

/** Whether it passed; what failed is kept. */
async function attempt(name: string, check: Check, all: Ending[]): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    all.push({ name, reason: String(error).slice(0, 800) })
    return false
  }
}

async function runAll(checks: readonly Check[]): Promise<void> {
  for (const check of checks) await check()
}

// After what is waiting already, as tests use it; the client itself knows no such thing.
Object.assign(globalThis, { setImmediate: (then: () => void) => void setTimeout(then) })

const OwnDate = Date
let now = 0

class MovedDate extends OwnDate {
  constructor(...given: readonly [] | readonly [number | string]) {
    super(...((given.length === 0 ? [now] : given) as [number]))
  }

  static override now(): number {
    return now
  }
}

const replaced: (() => void)[] = []

interface Mocked {
  readonly mock: { readonly callCount: () => number }
}

/** A clock that tests move, and methods that they replace. */
export const mock = {
  timers: {
    /** Of the clock alone. @throws Error when a test wants more moved. */
    enable({ apis, now: first = 0 }: { apis: readonly string[]; now?: number }): void {
      if (apis.join() !== 'Date') throw new Error(`Only Date is moved here, not ${apis.join()}.`)
      now = first
      globalThis.Date = MovedDate as DateConstructor
    },
    tick: (milliseconds: number): void => void (now += milliseconds),
    setTime: (milliseconds: number): void => void (now = milliseconds),
    reset: (): void => void (globalThis.Date = OwnDate),
  },
  method<Name extends string>(
    object: Record<Name, unknown>,
    name: Name,
    instead: (...given: readonly unknown[]) => unknown,
  ): Mocked {
    let calls = 0
    const own = Object.getOwnPropertyDescriptor(object, name)
    replaced.push(() => {
      if (own === undefined) Reflect.deleteProperty(object, name)
      else Object.defineProperty(object, name, own)
    })
    object[name] = (...given: readonly unknown[]) => {
      calls += 1
      return instead(...given)
    }
    return { mock: { callCount: () => calls } }
  },
  /** Puts the objects' own methods back. */
  restoreAll(): void {
    for (const restore of replaced.splice(0).toReversed()) restore()
  },
}
