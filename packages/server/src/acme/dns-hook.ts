import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { AcmeFailure } from './acme-failure.ts'
import type { Challenge, ChallengeSolver } from './challenge.ts'

const LIMIT_MILLISECONDS = 120_000

/** Enough for scripts and what they call; nothing of the server's own settings. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }

/**
 * DNS-01 by a program of the operator's: `<program> present|cleanup <name> <value>`. It is done
 * when it ends with 0, and has two minutes; it is run without a shell, and its output is not read.
 */
export class DnsHook implements ChallengeSolver {
  readonly type = 'dns-01'
  readonly #program: string

  constructor(program: string) {
    this.#program = program
  }

  async present(challenge: Challenge, signal: AbortSignal): Promise<void> {
    await this.#run('present', challenge, signal)
  }

  async cleanUp(challenge: Challenge, signal: AbortSignal): Promise<void> {
    await this.#run('cleanup', challenge, signal)
  }

  async #run(
    word: 'present' | 'cleanup',
    { name, proof }: Challenge,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted()
    const record = `_acme-challenge.${name}`
    const failed = (how: string, mayPass = true): AcmeFailure =>
      new AcmeFailure(
        `The program of CLAVIGER_ACME_DNS_HOOK ${how} (${word} of the TXT record ${record}).`,
        { mayPass },
      )
    // A group of its own, so that what it has started ends with it.
    const child = spawn(this.#program, [word, record, proof], {
      env: ENVIRONMENT, stdio: 'ignore', detached: true, windowsHide: true,
    })
    const kill = (): void => killGroup(child.pid)
    signal.addEventListener('abort', kill)
    let isLate = false
    const limit = setTimeout(() => {
      isLate = true
      kill()
    }, LIMIT_MILLISECONDS)
    try {
      const [code] = await once(child, 'exit')
      signal.throwIfAborted()
      if (isLate) throw failed(`did not end within ${LIMIT_MILLISECONDS / 1000} s`)
      if (code === null) throw failed('was killed')
      if (code !== 0) throw failed(`ended with code ${code}`)
    } catch (thrown) {
      if (thrown instanceof AcmeFailure || signal.aborted) throw thrown
      throw failed(`could not be started: ${codeOf(thrown)}`, false)
    } finally {
      clearTimeout(limit)
      signal.removeEventListener('abort', kill)
    }
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended meanwhile.
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason'
}
