import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpsClient } from '../server/https-client.ts'
import { objectOf, textOf } from '../server/json.ts'

/** What an issuer of the provider ACME is made of. */
export interface AcmeIssuer {
  readonly directory: string
  readonly accountId?: string
  readonly password?: string
}

export interface Order {
  readonly issuer: string
  readonly names: readonly string[]
  readonly challenge?: string
  /** Percent of its life after which the vault renews it by itself. */
  readonly renewAt?: number
}

/** How the making of a version has ended. */
export interface Outcome {
  readonly status: string
  readonly error: string
}

const VERSION = 'api-version=7.6'
const ENDS_WITHIN_MS = 30_000

/** The requests about certificates that this suite needs, over bare HTTPS. */
export class CertificateClient {
  readonly #client: HttpsClient
  readonly #token: string

  constructor(client: HttpsClient, token: string) {
    this.#client = client
    this.#token = token
  }

  async setIssuer(name: string, { directory, accountId, password }: AcmeIssuer): Promise<void> {
    await this.ask('PUT', `/certificates/issuers/${name}`, {
      provider: 'ACME',
      org_details: { id: directory, admin_details: [{ email: 'admin@example.com' }] },
      ...(accountId === undefined ? {} : { credentials: { account_id: accountId, pwd: password } }),
    })
  }

  /** Asks for a version, and waits until the making of it has ended. */
  async order(name: string, order: Order): Promise<Outcome> {
    await this.create(name, order)
    return await this.untilEnded(name)
  }

  /** Asks for a version. */
  async create(name: string, { issuer, names, challenge, renewAt }: Order): Promise<void> {
    await this.ask('POST', `/certificates/${name}/create`, {
      policy: {
        issuer: { name: issuer, ...(challenge === undefined ? {} : { cty: challenge }) },
        key_props: { kty: 'EC', crv: 'P-256', exportable: true },
        secret_props: { contentType: 'application/x-pem-file' },
        x509_props: { subject: '', sans: { dns_names: names } },
        ...(renewAt === undefined
          ? {}
          : {
              lifetime_actions: [
                { trigger: { lifetime_percentage: renewAt }, action: { action_type: 'AutoRenew' } },
              ],
            }),
      },
    })
  }

  async untilEnded(name: string): Promise<Outcome> {
    for (const deadline = Date.now() + ENDS_WITHIN_MS; ; await sleep(100)) {
      const pending = objectOf(await this.ask('GET', `/certificates/${name}/pending`))
      const status = textOf(pending, 'status')
      const { error } = pending
      const outcome = { status, error: error === undefined || error === null ? '' : JSON.stringify(error) }
      if (status !== 'inProgress') return outcome
      if (Date.now() > deadline) throw new Error(`${name} is still in progress. ${outcome.error}`)
    }
  }

  /** Version and PEM of a certificate, its key first, as its secret has them. */
  async current(name: string): Promise<{ readonly version: string; readonly pem: string }> {
    const secret = objectOf(await this.ask('GET', `/secrets/${name}`))
    const version = textOf(secret, 'id').split('/').at(-1) ?? ''
    return { version, pem: textOf(secret, 'value') }
  }

  /** @throws Error when the answer is a refusal. */
  async ask(method: string, path: string, body?: object): Promise<unknown> {
    const { status, body: text } = await this.#client.send(method, `${path}?${VERSION}`, {
      token: this.#token,
      ...(body === undefined ? {} : { body }),
    })
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`)
    return JSON.parse(text)
  }
}
