// What a worker does: it serves HTTPS and the identity endpoint, reads the store by itself, and sends
// changes and audit entries to the primary. Composed here, from parts that know nothing of processes.
import {
  Identity,
  keyringFromWorkerMaterial,
  openVault,
  recordKeyOf,
  Secret,
  type Clock,
  type Keyring,
  type Vault,
} from '@claviger/vault'
import type { Config } from '../config.ts'
import type { DoorForHost } from '../door.ts'
import { azureDoor } from '../doors/azure/door.ts'
import { healthDoor, isHealthPath } from '../doors/health.ts'
import { entraDoor } from '../doors/entra/door.ts'
import { identityDoor } from '../doors/identity/door.ts'
import { fetchJson } from '../fetch-json.ts'
import { openListener, type Listener } from '../listener.ts'
import { listenProblem } from '../process/listen-problem.ts'
import { Reader } from '../stores/embedded/reader.ts'
import { EmbeddedStore } from '../stores/embedded/embedded-store.ts'
import { processPort } from '../stores/embedded/process-port.ts'
import { RemoteWriter } from '../stores/embedded/remote-writer.ts'
import { readTrustedIssuers } from '../trusted-issuers.ts'
import type { Worker, WorkerContext } from '../worker.ts'
import { startProblem } from './start-problem.ts'
import { SystemClock } from './system-clock.ts'
import { WorkerReadiness } from './worker-readiness.ts'

/** @throws StartError with a sentence for the operator. */
export async function composeWorker(config: Config, context: WorkerContext): Promise<Worker> {
  const { channel, log, metrics } = context
  const reader = Reader.open(config.dataDir)
  const writer = new RemoteWriter(processPort(process))
  const store = new EmbeddedStore(reader, (change) => writer.commit(change))
  const keyring = await openKeyring(store, context)
  const clock: Clock = new SystemClock()
  const vault = openVault({ store, seal: keyring, clock })
}
