import type { HttpsClient } from '../server/https-client.ts'
import { KEYS } from './keys.ts'
import { Ledger } from './ledger.ts'
import type { Observer } from './observer.ts'
import { SECRETS } from './secrets.ts'
import { type Load, startLoad } from './writer.ts'

/** The ledgers of everything that is written while the server is killed. */
export class Ledgers {
  readonly secrets = new Ledger(SECRETS)
  readonly keys = new Ledger(KEYS)

  get all(): readonly [Ledgers['secrets'], Ledgers['keys']] {
    return [this.secrets, this.keys]
  }

  startLoad(client: HttpsClient, token: string, canary: string): Load {
    const loads = [
      startLoad(client, token, this.secrets, canary),
      startLoad(client, token, this.keys, canary),
    ]
    return {
      async stop() {
        await Promise.all(loads.map((load) => load.stop()))
      },
    }
  }

  /** Compares what was changed since the last time, or everything, with what the server has. */
  async settle(observer: Observer, which: 'touched' | 'all'): Promise<void> {
    await Promise.all([this.secrets.settle(observer, which), this.keys.settle(observer, which)])
  }
}
