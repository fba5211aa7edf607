import type { Cost } from './cost.ts'

const MILLISECONDS_PER_SECOND = 1000
const MICROSECONDS_PER_SECOND = 1_000_000
/** Calls between two looks at the clock. */
const BATCH = 64
/** Calls that work on the thread pool at a time; more than it has threads. */
const IN_FLIGHT = 8

/** Repeats a call for some seconds; one that gives a promise is repeated several at a time. */
export async function measureCalls(call: () => unknown, seconds: number): Promise<Cost> {
  const first = call()
  const isAsync = first instanceof Promise
  await first
  const meter = new Meter()
  let times = 0
  for (const endsAt = now() + seconds; now() < endsAt; ) {
    if (isAsync) {
      await meter.around(() => Promise.all(Array.from({ length: IN_FLIGHT }, call)))
      times += IN_FLIGHT
    } else {
      meter.aroundSync(() => {
        for (let index = 0; index < BATCH; index += 1) call()
      })
      times += BATCH
    }
  }
  return { times, processorSeconds: meter.seconds }
}

/** Repeats groups of work that has to be prepared first; only the work itself is counted. */
export async function measureGroups<Work>(
  prepare: () => readonly Work[],
  perform: (group: readonly Work[]) => Promise<void>,
  seconds: number,
): Promise<Cost> {
  const meter = new Meter()
  let times = 0
  for (const endsAt = now() + seconds; now() < endsAt; ) {
    const group = prepare()
    await meter.around(() => perform(group))
    times += group.length
  }
  return { times, processorSeconds: meter.seconds }
}

/** Adds up the processor time of this process, all threads, while something is done. */
class Meter {
  #microseconds = 0

  get seconds(): number {
    return this.#microseconds / MICROSECONDS_PER_SECOND
  }

  aroundSync(act: () => void): void {
    const before = process.cpuUsage()
    act()
    this.#add(process.cpuUsage(before))
  }

  async around(act: () => Promise<unknown>): Promise<void> {
    const before = process.cpuUsage()
    await act()
    this.#add(process.cpuUsage(before))
  }

  #add({ user, system }: NodeJS.CpuUsage): void {
    this.#microseconds += user + system
  }
}

function now(): number {
  return performance.now() / MILLISECONDS_PER_SECOND
}
