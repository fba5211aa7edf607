import type { Call, OrderToPlace, Secret, Vault } from '@claviger/vault'
import { AccountKey } from './account-key.ts'
import type { AcmeExchange } from './acme-exchange.ts'
import { AcmeSession } from './acme-session.ts'
import { registerAccount } from './register-account.ts'

/** Whose account, and how its server is reached. */
export interface AccountPlace {
  readonly call: Call
  readonly vault: string
  readonly directory: string
  readonly exchange: AcmeExchange
  /** Reads the order again: another one of the issuer may have made an account meanwhile. */
  readonly reread: () => Promise<OrderToPlace>
}

type AccountKeeper = Pick<Vault['certificates'], 'setAcmeAccount'>

/** The accounts of issuers: the vault keeps them, and each is made once. */
export class IssuerAccounts {
  readonly #vault: AccountKeeper
  /** The last that makes an account of an issuer, or waits to. */
  readonly #turns = new Map<string, Promise<AcmeSession>>()

  constructor(vault: AccountKeeper) {
    this.#vault = vault
  }

  /** A session of the issuer's account, which is made when there is none. @throws AcmeFailure */
  async open(place: AccountPlace, order: OrderToPlace): Promise<AcmeSession> {
    const { account } = order
    if (account?.url === undefined) return await this.replace(place, order)
    return await session(place, account.url, account.key)
  }

  /**
   * A session of another account than the order has: of one that was made meanwhile, else of a new
   * one. An authority may bind an external account only once, so one at a time is made.
   */
  async replace(place: AccountPlace, order: OrderToPlace): Promise<AcmeSession> {
    const id = [place.call.caller.tenant, place.vault, order.issuer.name].join(' ').toLowerCase()
    const make = async (): Promise<AcmeSession> => {
      const again = await place.reread()
      const { account } = again
      const isOther = account?.url !== undefined && account.url !== order.account?.url
      return isOther ? await session(place, account.url, account.key) : await this.#make(place, again)
    }
    const turn = (this.#turns.get(id) ?? Promise.resolve()).then(make, make)
    this.#turns.set(id, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id)
    }
  }

  async #make(
    { call, vault, directory, exchange }: AccountPlace,
    { issuer, account }: OrderToPlace,
  ): Promise<AcmeSession> {
    const { emails, externalAccount, externalKeyId } = issuer
    const keep = (key: AccountKey, registered: { readonly url?: string }): Promise<undefined> =>
      this.#vault.setAcmeAccount(call, {
        vault,
        issuer: issuer.name,
        directory: issuer.directory,
        ...(externalKeyId === undefined ? {} : { externalKeyId }),
        ...registered,
        key: key.export(),
      })
    const begun = account?.url === undefined ? account?.key : undefined
    const key = begun === undefined ? await AccountKey.generate() : AccountKey.import(begun)
    // Kept first: whoever registers a key again is given the account that it has (RFC 8555 §7.3).
    if (begun === undefined) await keep(key, {})
    const { session: made, url } = await registerAccount({
      exchange, directory, key, emails,
      ...(externalAccount === undefined ? {} : { externalAccount }),
    })
    await keep(key, { url })
    return made
  }
}

async function session(
  { exchange, directory }: AccountPlace,
  account: string,
  key: Secret,
): Promise<AcmeSession> {
  return await AcmeSession.open({ exchange, directory, key: AccountKey.import(key), account })
}
