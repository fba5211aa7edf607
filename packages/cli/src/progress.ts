import type { Say } from './language/messages.ts'
import type { Surroundings } from './surroundings.ts'

/** Says every second, to a person at a terminal alone, that the work goes on. */
export class Progress {
  readonly #surroundings: Pick<Surroundings, 'errIsTerminal' | 'err'>
  readonly #say: Say
  #timer: NodeJS.Timeout | undefined
  #seconds = 0

  constructor(surroundings: Pick<Surroundings, 'errIsTerminal' | 'err'>, say: Say) {
    this.#surroundings = surroundings
    this.#say = say
  }

  /** What is shown goes away first; then the signal ends the process as it would have. */
  readonly #interrupted = (): void => {
    this.#end()
    process.kill(process.pid, 'SIGINT')
  }

  /** Runs the work, and leaves nothing of what was said on the terminal. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begin()
    try {
      return await work()
    } finally {
      this.#end()
    }
  }

  /** What an input has; while it comes, the terminal is left to whoever may ask there for it. */
  async *quietly(input: AsyncIterable<unknown>): AsyncGenerator<unknown, undefined> {
    const isRunning = this.#timer !== undefined
    this.#end()
    try {
      yield* input
    } finally {
      if (isRunning) this.#begin()
    }
  }

  #begin(): void {
    const { errIsTerminal, err } = this.#surroundings
    if (!errIsTerminal) return
    this.#seconds = 0
    process.once('SIGINT', this.#interrupted)
    this.#timer = setInterval(() => {
      this.#seconds += 1
      err(`\r${this.#say('working', { seconds: this.#seconds })}`)
    }, 1000)
  }

  #end(): void {
    if (this.#timer === undefined) return
    clearInterval(this.#timer)
    this.#timer = undefined
    process.off('SIGINT', this.#interrupted)
    // Back to the first column, and away with what stands there.
    if (this.#seconds > 0) this.#surroundings.err('\r\u001b[K')
  }
}
