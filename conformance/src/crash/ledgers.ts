import { connectSigner } from '../server/alibaba-access.ts'
import type { HttpsClient } from '../server/https-client.ts'
import { RawKms, type RawKmsOptions } from '../server/raw-kms.ts'
import type { TestServer } from '../server/test-server.ts'
import { KEYS } from './keys.ts'
import { KmsKeys } from './kms-keys.ts'
import { KmsLedger } from './kms-ledger.ts'
import { KMS_SECRETS } from './kms-secrets.ts'
import { Ledger, type LedgerReport } from './ledger.ts'
import type { Observer } from './observer.ts'
import { SECRETS } from './secrets.ts'
import { type Load, startLoad } from './writer.ts'

const KMS_HOST = 'kms.cn-hangzhou.localhost'
const KMS_CONNECTIONS = 8

/** The ledgers of everything that is written while the server is killed. */
export class Ledgers {
  readonly secrets = new Ledger(SECRETS)
  readonly keys = new Ledger(KEYS)
  readonly #kms = [new KmsLedger(KMS_SECRETS), new KmsLedger(new KmsKeys())] as const

  get all(): readonly LedgerReport[] {
    return [this.secrets, this.keys, ...this.#kms]
  }

  /** @param limitMs after which a request is given up. */
  startLoad(client: HttpsClient, token: string, server: TestServer, limitMs: number): Load {
    const { canary } = server
    const kms = clientOfKms(server, { limitMs })
    const loads = [
      startLoad(client, token, this.secrets, canary),
      startLoad(client, token, this.keys, canary),
      ...this.#kms.map((ledger) => ledger.startLoad(kms, canary)),
    ]
    return {
      async stop() {
        await Promise.all(loads.map((load) => load.stop()))
        kms.close()
      },
    }
  }

  /** Compares what was changed since the last time, or everything, with what the server has. */
  async settle(observer: Observer, server: TestServer, which: 'touched' | 'all'): Promise<void> {
    const kms = clientOfKms(server)
    try {
      await Promise.all([
        this.secrets.settle(observer, which),
        this.keys.settle(observer, which),
        ...this.#kms.map((ledger) => ledger.settle(kms, observer, which)),
      ])
    } finally {
      kms.close()
    }
  }
}

function clientOfKms(server: TestServer, options: RawKmsOptions = {}): RawKms {
  const { port } = server.place
  const signer = connectSigner(server)
  return new RawKms(server, signer, KMS_HOST, port, { connections: KMS_CONNECTIONS, ...options })
}
