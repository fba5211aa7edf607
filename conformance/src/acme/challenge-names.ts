import { Resolver } from 'node:dns/promises'
import { startChild } from '../machine/child.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import type { SuiteRun } from '../runner/suite-run.ts'

const DNS_PORT = 8053
const MANAGEMENT = 'http://127.0.0.1:8055'

/** Pebble's name server for tests: every name is this machine, unless it is told otherwise. */
export class ChallengeNames {
  readonly address = `127.0.0.1:${DNS_PORT}`
  /** Where TXT records are set, with POST. */
  readonly management: string = MANAGEMENT
  readonly #resolver = new Resolver({ timeout: 500, tries: 2 })

  /** Starts `pebble-challtestsrv`; it ends with the suite. */
  static async start(run: SuiteRun, program: string): Promise<ChallengeNames> {
    const names = new ChallengeNames()
    const child = startChild(
      program,
      [
        '-dns01', names.address, '-management', '127.0.0.1:8055', '-defaultIPv6', '',
        '-http01', '', '-https01', '', '-tlsalpn01', '',
      ],
      { cwd: run.folder, env: cleanEnvironment(run.folder) },
    )
    run.onEnd(() => child.kill())
    for (let attempt = 1; ; attempt++) {
      try {
        await names.tell('/clear-request-history', { type: 'http', host: 'none.example' })
        return names
      } catch (error) {
        if (attempt === 100) throw new Error(child.output() + child.errors(), { cause: error })
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  private constructor() {
    this.#resolver.setServers([this.address])
  }

  /** Leads a name to other addresses. */
  async lead(host: string, addresses: readonly string[]): Promise<void> {
    await this.tell('/add-a', { host: `${host}.`, addresses })
  }

  /** The TXT records of a name. */
  async texts(name: string): Promise<readonly string[]> {
    try {
      return (await this.#resolver.resolveTxt(name)).flat()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'ENODATA' || code === 'ENOTFOUND') return []
      throw error
    }
  }

  async tell(path: string, body: object): Promise<void> {
    const answer = await fetch(MANAGEMENT + path, { method: 'POST', body: JSON.stringify(body) })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`)
  }
}
