import { fileURLToPath } from 'node:url'
import {
  createAuthority,
  issueServerCertificate,
} from '@claviger/server/src/tls/certificate-authority.ts'
import { privateKeyPem } from '@claviger/server/src/tls/private-key-pem.ts'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { HelperProcess } from '../machine/helper-process.ts'
import { processorSeconds } from '../machine/processor-time.ts'
import type { BareAnswer, BareQuestion } from './bare-server-process.ts'

const PROGRAM = fileURLToPath(new URL('bare-server-process.ts', import.meta.url))

/**
 * The ceiling of everything over HTTPS: `node:https` with a certificate of the server's own kind,
 * in a process of its own, which answers whatever it is asked with the same status and as many
 * octets. It parses no path and no body, and sends no headers but type and length.
 */
export class BareServer {
  /** It writes none. */
  readonly log = ''
  readonly port: number
  readonly #helper: HelperProcess<BareQuestion, BareAnswer>

  static async start(machine: BenchMachine, folder: string): Promise<BareServer> {
    const now = Date.now()
    const authority = await createAuthority(now)
    const issued = await issueServerCertificate(authority, ['127.0.0.1'], now)
    const helper = new HelperProcess<BareQuestion, BareAnswer>(
      machine, 'one core', PROGRAM, [], folder,
    )
    const { port } = await helper.ask({
      certificate: issued.certificatePem,
      key: privateKeyPem(issued.privateKeyPkcs8),
    })
    return new BareServer(helper, port)
  }

  private constructor(helper: HelperProcess<BareQuestion, BareAnswer>, port: number) {
    this.#helper = helper
    this.port = port
  }

  get processorSeconds(): readonly number[] {
    return processorSeconds(this.#helper.pid)
  }

  /** From now on it answers so. */
  async answerWith(status: number, bodyBytes: number): Promise<void> {
    await this.#helper.ask({ status, bodyBytes })
  }

  stop(): Promise<void> {
    return this.#helper.stop()
  }
}
