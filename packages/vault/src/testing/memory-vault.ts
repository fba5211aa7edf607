import { randomBytes, randomUUID } from 'node:crypto'
import type { Call, Caller } from '../access/caller.ts'
import type { AuditEntry } from '../audit/entry.ts'
import type { Provider } from '../crypto/provider.ts'
import { SoftwareProvider } from '../crypto/software/software-provider.ts'
import { systemCall } from '../directory/authenticate-system.ts'
import { callerOf } from '../directory/caller-of.ts'
import type { VaultEvent } from '../events/vault-event.ts'
import { Fault } from '../fault.ts'
import { keyKey, keyVersionKey, type KeyHead, type KeyVersion } from '../keys/key.ts'
import type { SealControl } from '../operation.ts'
import { initialise } from '../seal/initialise.ts'
import type { Keyring } from '../seal/keyring.ts'
import { Secret } from '../seal/secret.ts'
import type { Bootstrapped } from '../server/bootstrap.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretVersion,
} from '../secrets/secret.ts'
import { MemoryStore, type MemoryContents } from '../store/memory.ts'
import { epochSeconds } from '../time.ts'
import { openVault, type Vault } from '../vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { FixedClock } from './fixed-clock.ts'
import { tamperableMemoryStore } from './tamperable-memory-store.ts'

/** The whole domain in memory, after its first start, with what a test needs beneath it. */
export interface MemoryVault {
  readonly vault: Vault
  readonly store: MemoryStore
  readonly contents: MemoryContents
  readonly seal: Keyring
  readonly clock: FixedClock
  readonly provider: Provider
  readonly first: Bootstrapped
  /** The administrator application: owner, and administrator of all data. */
  readonly administrator: Call
  /** The managed identity: administrator of the data of the vault `default`. */
  readonly identity: Call
  /** Somebody whose token is good and who was given nothing. */
  readonly stranger: Call
  /** A call by any principal of any tenant. */
  readonly callBy: (principal: string, tenant?: string) => Call
  /** What would have been delivered so far. */
  readonly events: readonly VaultEvent[]
  /** Entries with a sequence number above `after`. */
  readonly audit: (after?: number) => Promise<readonly AuditEntry[]>
  /** Turns a secret of the vault `default` into one that belongs to a certificate. */
  readonly markManaged: (name: string) => Promise<void>
  /** Turns a key of the vault `default` into one that belongs to a certificate. */
  readonly markKeyManaged: (name: string) => Promise<void>
  /** From now on every commit is refused, as on a full disk. */
  readonly failCommits: () => void
}

/**
 * Opens it; nothing is shared between two of them.
 * @param wrap puts something else in the place of the provider, such as one that counts.
 * @param publicationUrl where what its authorities say is published.
 */
export async function memoryVault(
  wrap: (provider: Provider) => Provider = (provider) => provider,
  publicationUrl?: string,
): Promise<MemoryVault> {
  const clock = new FixedClock()
  const { store, contents } = tamperableMemoryStore(undefined, clock)
  const unsealed = await initialise(store, { kind: 'file', secret: new Secret(randomBytes(32)) })
  const seal = unsealed.keyring
  const sealControl: SealControl = {
    rotateRootKey: (audit) => unsealed.rotateRootKey(audit),
    rotateDataKey: (scope, audit) => unsealed.rotateDataKey(scope, audit),
    destroyDataKey: (scope) => seal.destroyDataKey(scope, []),
  }
  const provider = wrap(await SoftwareProvider.open())
  const services = { auditLog: store, sealControl }
  const events: VaultEvent[] = []
  const vault = openVault({
    store,
    seal,
    clock,
    provider,
    services,
    publicationUrl: () => publicationUrl,
    onEvent: (event) => events.push(event),
  })
  const settings = { location: 'test', retentionDays: 90 }
  const first = await vault.server.initialise(systemCall('test'), settings)
  const callBy = (principal: string, tenant = first.tenant.id): Call => callOf({
    kind: 'principal',
    tenant,
    principal,
    claimedGroups: [],
    authenticatedAt: epochSeconds(clock),
    foreign: true,
    issuer: 'test',
  })
  return {
    vault,
    events,
    store,
    contents,
    seal,
    clock,
    provider,
    first,
    administrator: callBy(first.administrator.principal.id),
    identity: callBy(first.identity.principal.id),
    stranger: callBy(randomUUID()),
    callBy,
    markManaged: async (name) => {
      const unit = new UnitOfWork(store, seal)
      const key = secretKey(first.vault, name)
      const head = await unit.get<SecretHead>(key)
      if (head === undefined) throw new TypeError('there is no such secret')
      const current: SecretVersion = { ...head.meta.current, managed: {} }
      const versionKey = secretVersionKey(first.vault, name, current.version)
      const version = await unit.get<SecretVersion>(versionKey)
      unit.put(key, { meta: { current } })
      unit.put(versionKey, { ...version, meta: current })
      await store.commit(await unit.change([]))
    },
    markKeyManaged: async (name) => {
      const unit = new UnitOfWork(store, seal)
      const key = keyKey(first.vault, name)
      const head = await unit.get<KeyHead>(key)
      if (head === undefined) throw new TypeError('there is no such key')
      const current: KeyVersion = { ...head.meta.current, managed: true }
      const versionKey = keyVersionKey(first.vault, name, current.version)
      await unit.get(versionKey)
      unit.put<KeyHead>(key, { meta: { ...head.meta, current } })
      unit.put<KeyVersion>(versionKey, { meta: current })
      await store.commit(await unit.change([]))
    },
    failCommits: () => {
      store.commit = async () => {
        throw new Fault('StoreUnavailable', { reason: 'the disk is full' })
      }
    },
    audit: async (after = 0) =>
      (await store.entries(after, 100_000)).map(({ entry }) => JSON.parse(entry) as AuditEntry),
  }
}

function callOf(caller: Caller): Call {
  return {
    caller: callerOf(caller),
    request: {
      correlationId: randomUUID(),
      clientAddress: '192.0.2.7',
      clientInfo: 'test',
      requestUri: 'https://default.vault.localhost/',
      apiVersion: '7.6',
      successStatus: 200,
      statusOf: (thrown) => (thrown instanceof Fault ? 403 : 500),
    },
  }
}
