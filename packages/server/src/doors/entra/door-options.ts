import type { Clock, Identity, Vault } from '@claviger/vault'
import type { Log } from '../../log.ts'
import type { ExternalProvider } from './external-provider.ts'
import type { EntraSettings } from './settings.ts'

/** What the login door needs of the world. */
export interface EntraDoorOptions {
  readonly identity: Identity
  /** What people change of their own accounts. */
  readonly self: Vault['self']
  readonly clock: Clock
  readonly log: Pick<Log, 'error' | 'warn'>
  readonly settings: EntraSettings
  /** An OpenID Connect provider that people may be sent to. */
  readonly provider?: ExternalProvider
}
