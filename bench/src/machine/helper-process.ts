import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cleanEnvironment } from '@claviger/conformance/src/machine/clean-environment.ts'
import type { BenchMachine } from './bench-machine.ts'
import { type Place, pinned } from './pinned.ts'

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (reason: Error) => void
}

/**
 * A program of the bench in a process of its own, which answers questions one at a time. It ends
 * when this process does, whatever way that is: its channel closes.
 */
export class HelperProcess<Question, Answer> {
  readonly #child: ChildProcess
  #pending: Pending | undefined
  #ended: string | undefined

  /** @param program the path of a program that calls `answerQuestions`. */
  constructor(
    machine: BenchMachine,
    place: Place,
    program: string,
    args: readonly string[],
    home: string,
  ) {
    const runtime = [process.execPath, '--conditions=claviger-source', program, ...args] as const
    const [command, ...rest] = pinned(machine, place, runtime)
    const child = spawn(command, rest, {
      env: cleanEnvironment(home),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    this.#child = child
    child.on('message', (answer) => this.#settle((pending) => pending.resolve(answer)))
    child.once('error', (error) => this.#end(`a helper did not start: ${error.message}`))
    child.once('exit', (code, signal) => this.#end(`a helper ended with ${code ?? signal}`))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** @throws Error when the helper ends before it answers, or is still at another question. */
  async ask(question: Question): Promise<Answer> {
    if (this.#ended !== undefined) throw new Error(this.#ended)
    if (this.#pending !== undefined) throw new Error('a helper is asked one question at a time')
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#pending = { resolve, reject }
      this.#child.send(question as object, (error) => {
        if (error !== null) this.#settle((pending) => pending.reject(error))
      })
    })
    // Both ends of the channel are of one source, and name the same types.
    return answer as Answer
  }

  async stop(): Promise<void> {
    if (this.#ended !== undefined) return
    const exited = once(this.#child, 'exit')
    this.#child.disconnect()
    await exited
  }

  #settle(how: (pending: Pending) => void): void {
    const pending = this.#pending
    this.#pending = undefined
    if (pending !== undefined) how(pending)
  }

  #end(reason: string): void {
    this.#ended ??= reason
    this.#settle((pending) => pending.reject(new Error(reason)))
  }
}
