import type { RequestFacts } from '../audit/entry.ts'
import { credentialKey, type Credential } from '../directory/credential.ts'
import { Identity, type IdentitySettings } from '../directory/identity.ts'
import type { Principal } from '../directory/principal.ts'
import { touchEpochOf } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { memoryVault, type MemoryVault } from './memory-vault.ts'

/** The domain in memory, with its way to sign in. */
export interface MemoryIdentity extends MemoryVault {
  readonly identityService: Identity
  /** Documents that `fetchJson` finds, by URL; what is not here cannot be fetched. */
  readonly documents: Map<string, unknown>
  /** URLs that were asked for. */
  readonly fetched: string[]
  readonly settings: IdentitySettings
  /** An application with one secret. */
  application(
    displayName: string,
  ): Promise<{ readonly principal: Principal; readonly secret: string }>
  /** Puts a credential in place as the operations do. */
  putCredential(principal: Principal, credential: Credential): Promise<void>
  /** A new process on the same store. */
  readonly anotherProcess: (settings?: Partial<IdentitySettings>) => Identity
  readonly request: (clientAddress?: string) => RequestFacts
}

/** Opens it; nothing is shared between two of them. */
export async function memoryIdentity(
  changed: Partial<IdentitySettings> = {},
): Promise<MemoryIdentity> {
  const world = await memoryVault()
  const { vault, store, seal, clock } = world
  const settings: IdentitySettings = {
    loginOrigin: 'https://login.localhost:8443',
    loginHosts: ['login.localhost'],
    tokenLifetimeSeconds: 3600,
    trustedIssuers: [],
    ...changed,
  }
  const documents = new Map<string, unknown>()
  const fetched: string[] = []
  const ports = {
    store,
    seal,
    clock,
    view: () => vault.view(),
    fetchJson: async (url: string) => {
      fetched.push(url)
      if (!documents.has(url)) throw new TypeError('there is nothing at that address')
      return documents.get(url)
    },
  }
  return {
    ...world,
    identityService: new Identity(ports, settings),
    documents,
    fetched,
    settings,
    application: async (displayName) => {
      const principal = await vault.principals.create(world.administrator, {
        kind: 'application',
        displayName,
      })
      const { secret } = await vault.credentials.createSecret(world.administrator, {
        principal: principal.id,
        displayName: 'test',
      })
      return { principal, secret: textOf(secret) }
    },
    putCredential: async (principal, credential) => {
      const unit = new UnitOfWork(store, seal)
      const key = credentialKey(world.first.tenant.id, principal.id, credential.id)
      await unit.get(key)
      unit.put<Credential>(key, { meta: credential })
      await touchEpochOf(unit, world.first.tenant.id)
      await store.commit(await unit.change([]))
    },
    anotherProcess: (other = {}) => new Identity(ports, { ...settings, ...other }),
    request: (clientAddress = '192.0.2.7') => ({
      correlationId: 'correlation',
      clientAddress,
      clientInfo: 'test',
      requestUri: 'https://login.localhost:8443/',
      apiVersion: '',
      successStatus: 200,
      statusOf: (thrown) => (thrown instanceof Fault ? 401 : 500),
    }),
  }
}

/** The text of a secret that a test has to send. */
export function textOf(secret: Secret): string {
  return Buffer.from(secret.reveal()).toString('utf8')
}
