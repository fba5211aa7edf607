import type { Call, DueOrder, OrderToPlace, Vault } from '@claviger/vault'
import { faultFields } from '../fault-fields.ts'
import type { Log } from '../log.ts'
import { AcmeExchange } from './acme-exchange.ts'
import { AcmeFailure } from './acme-failure.ts'
import { AcmeTransport } from './acme-transport.ts'
import type { Pace } from './await-status.ts'
import { chooseSolver, type ChallengeSolvers } from './choose-solver.ts'
import { IssuerAccounts, type AccountPlace } from './issuer-accounts.ts'
import { failureOf, isOver } from './order-failure.ts'
import { placeOrder } from './place-order.ts'

/** What the vault keeps of orders; operations of the domain. */
export type OrderBook = Pick<
  Vault['certificates'],
  'getOrder' | 'getPending' | 'setAcmeAccount' | 'completeOrder' | 'failOrder'
>

export interface AcmeDriverOptions {
  readonly orders: OrderBook
  readonly call: (tenant: string) => Call
  readonly solvers: ChallengeSolvers
  /** The directories that may be called, as `URL` writes them. */
  readonly directories: readonly string[]
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  /** Tests give their own. */
  readonly send?: typeof fetch
  readonly pace?: Pace
  readonly limitMilliseconds?: number
}

const AT_A_TIME = 4
const LIMIT_MILLISECONDS = 600_000
/** What is put up for a proof has this long to be taken away at a stop. */
const CLEAN_UP_MILLISECONDS = 5_000
const PACE: Pace = { first: 1_000, longest: 10_000 }

/**
 * Places the orders that are due at ACME servers, some at a time. What comes of each is written into
 * the vault; an order that the end of the server interrupts stays due and begins again.
 */
export class AcmeDriver {
  readonly #options: AcmeDriverOptions
  readonly #accounts: IssuerAccounts
  readonly #waiting = new Map<string, DueOrder>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #stopping = new AbortController()
  readonly #cleanUp = new AbortController()

  constructor(options: AcmeDriverOptions) {
    this.#options = options
    this.#accounts = new IssuerAccounts(options.orders)
  }

  /** Takes an order on, unless it is being placed already; does not wait for it. */
  start(due: DueOrder): void {
    if (this.#stopping.signal.aborted) return
    const { vault, name } = due.certificate
    const id = `${due.tenant} ${vault} ${name}`.toLowerCase()
    if (this.#running.has(id)) return
    this.#waiting.set(id, due)
    this.#next()
  }

  /** Done when nothing is under way and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  /** Gives up what is under way, takes away what was put up for it, and waits for that. */
  async stop(): Promise<void> {
    this.#waiting.clear()
    this.#stopping.abort()
    const timer = setTimeout(() => this.#cleanUp.abort(), CLEAN_UP_MILLISECONDS)
    await Promise.all(this.#running.values())
    clearTimeout(timer)
  }

  #next(): void {
    for (const [id, due] of this.#waiting) {
      if (this.#running.size >= AT_A_TIME) return
      this.#waiting.delete(id)
      const placing = this.#place(due).finally(() => {
        this.#running.delete(id)
        this.#next()
      })
      this.#running.set(id, placing)
    }
  }

  /** Never throws. */
  async #place({ tenant, certificate }: DueOrder): Promise<void> {
    const { orders, call, log } = this.#options
    const fields = { vault: certificate.vault, certificate: certificate.name }
    let requestId: string | undefined
    try {
      const order = await orders.getOrder(call(tenant), { certificate })
      requestId = order.requestId
      const chain = await this.#obtain({ tenant, certificate }, order)
      await orders.completeOrder(call(tenant), { certificate, requestId, chain })
      log.info('A certificate was ordered.', fields)
    } catch (thrown) {
      if (this.#stopping.signal.aborted || isOver(thrown)) return
      const failure = failureOf(thrown)
      if (failure === undefined) {
        log.error('An order failed and stays due.', { ...fields, ...faultFields(thrown) })
        return
      }
      const { message: error, mayPass } = failure
      log.warn('A certificate could not be ordered.', { ...fields, reason: error, mayPass })
      try {
        requestId ??= (await orders.getPending(call(tenant), { certificate })).requestId
        await orders.failOrder(call(tenant), { certificate, requestId, error, mayPass })
      } catch (unwritten) {
        if (isOver(unwritten)) return
        log.error('That an order failed could not be written; it stays due.', {
          ...fields,
          ...faultFields(unwritten),
        })
      }
    }
  }

  async #obtain(
    { tenant, certificate }: DueOrder,
    order: OrderToPlace,
  ): Promise<readonly Uint8Array[]> {
    const { orders, call, solvers, log, send, pace = PACE } = this.#options
    const { limitMilliseconds = LIMIT_MILLISECONDS } = this.#options
    const directory = this.#demandAllowed(order.issuer.directory)
    const { dnsNames, request } = order
    const solver = chooseSolver(solvers, order.certificateType, dnsNames)
    const limit = AbortSignal.timeout(limitMilliseconds)
    const signal = AbortSignal.any([this.#stopping.signal, limit])
    const transport = new AcmeTransport({ signal, ...(send === undefined ? {} : { send }) })
    const options = {
      request, dnsNames, solver, pace, signal,
      cleanUpSignal: this.#cleanUp.signal,
      onLeft: (thrown: unknown) =>
        log.warn('The proof of a name could not be taken away again.', faultFields(thrown)),
    }
    const place: AccountPlace = {
      call: call(tenant),
      vault: certificate.vault,
      directory,
      exchange: new AcmeExchange(transport),
      reread: () => orders.getOrder(call(tenant), { certificate }),
    }
    try {
      const session = await this.#accounts.open(place, order)
      try {
        return await placeOrder(session, options)
      } catch (thrown) {
        const isGone = thrown instanceof AcmeFailure && thrown.type === 'accountDoesNotExist'
        if (!isGone) throw thrown
        return await placeOrder(await this.#accounts.replace(place, order), options)
      }
    } catch (thrown) {
      if (!limit.aborted || this.#stopping.signal.aborted) throw thrown
      throw new AcmeFailure('The ACME server was not done within ten minutes.', { mayPass: true })
    }
  }

  /** A vault must not call whatever server somebody writes into an issuer. */
  #demandAllowed(directory: string): string {
    const url = URL.parse(directory)?.href
    if (url !== undefined && this.#options.directories.includes(url)) return url
    throw new AcmeFailure(
      `The directory ${directory.slice(0, 500)} is not one that this server may call: its ` +
        'operator can add it to CLAVIGER_ACME_DIRECTORIES.',
    )
  }
}
