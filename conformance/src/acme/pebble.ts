import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, startChild } from '../machine/child.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import type { SuiteRun } from '../runner/suite-run.ts'

export interface PebbleOptions {
  readonly program: string
  /** Of its TLS certificate, which `pebbleCertificate` has made. */
  readonly certificate: PebbleCertificate
  readonly port: number
  /** Where it looks for answers to HTTP-01 challenges. */
  readonly httpPort: number
  /** `host:port` of the server it asks for names. */
  readonly dns: string
  /** Keys of external accounts in base64url by their ids; accounts without one are refused then. */
  readonly externalKeys?: Readonly<Record<string, string>>
  /** Life of what it issues, instead of years. */
  readonly validitySeconds?: number
}

export interface PebbleCertificate {
  readonly certFile: string
  readonly keyFile: string
}

const READY_WITHIN_MS = 10_000

/** A certificate for `localhost` that outlives every moved clock. */
export function pebbleCertificate(run: SuiteRun, openssl: string): PebbleCertificate {
  const [certFile, keyFile] = [join(run.folder, 'pebble.pem'), join(run.folder, 'pebble-key.pem')]
  execFileSync(
    openssl,
    [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
      '-keyout', keyFile, '-out', certFile, '-days', '7300', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost',
    ],
    { env: cleanEnvironment(run.folder), stdio: 'ignore' },
  )
  return { certFile, keyFile }
}

/** Pebble, the ACME server for tests of Let's Encrypt, with a state of its own. */
export class Pebble {
  readonly directory: string
  readonly #child: Child
  readonly #roots: string
  readonly #ca: string

  /** Starts it and waits until it answers; it ends with the suite. */
  static async start(run: SuiteRun, options: PebbleOptions): Promise<Pebble> {
    const pebble = new Pebble(run, options)
    run.onEnd(() => pebble.#child.kill())
    for (const deadline = Date.now() + READY_WITHIN_MS; ; await sleep(50)) {
      try {
        await pebble.root()
        return pebble
      } catch (error) {
        if (Date.now() > deadline) throw new Error(pebble.log(), { cause: error })
      }
    }
  }

  private constructor(run: SuiteRun, options: PebbleOptions) {
    const { program, certificate, port, httpPort, dns, externalKeys, validitySeconds } = options
    const file = join(run.folder, `pebble-${port}.json`)
    const managementPort = port + 1000
    const config = {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: certificate.certFile,
      privateKey: certificate.keyFile,
      httpPort,
      tlsPort: 1,
      externalAccountBindingRequired: externalKeys !== undefined,
      ...(externalKeys === undefined ? {} : { externalAccountMACKeys: externalKeys }),
      ...(validitySeconds === undefined ? {} : { certificateValidityPeriod: validitySeconds }),
    }
    writeFileSync(file, JSON.stringify({ pebble: config }))
    this.#child = startChild(program, ['-config', file, '-dnsserver', dns], {
      cwd: run.folder,
      // It waits before it looks at a challenge, and refuses some good nonces, unless told not to;
      // the second is left on, because every client has to bear it.
      env: { ...cleanEnvironment(run.folder), PEBBLE_VA_NOSLEEP: '1', PEBBLE_AUTHZREUSE: '0' },
    })
    this.directory = `https://localhost:${port}/dir`
    this.#roots = `https://localhost:${managementPort}/roots/0`
    this.#ca = readFileSync(certificate.certFile, 'utf8')
  }

  /** Everything it has said. */
  log(): string {
    return this.#child.output() + this.#child.errors()
  }

  /** How many accounts were asked for. */
  get newAccounts(): number {
    return this.log().split('POST /sign-me-up').length - 1
  }

  /** The root of what it issues, PEM. */
  async root(): Promise<string> {
    return await new Promise((resolve, reject) => {
      const asked = get(this.#roots, { agent: new Agent({ ca: this.#ca }) }, (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (text += chunk))
        answer.once('error', reject)
        answer.once('end', () => resolve(text))
      })
      asked.once('error', reject)
    })
  }
}
