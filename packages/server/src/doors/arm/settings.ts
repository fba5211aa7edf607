import type { TokenAudience } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'

/** What the resource manager door has to know of where it stands. */
export interface ArmSettings {
  /** Tokens for it name one of these hosts; the first is its own, `management.<domain>`. */
  readonly audience: TokenAudience
  /** `login.<domain>`. */
  readonly loginHost: string
  /** `graph.<domain>`. */
  readonly graphHost: string
  /** `vault.<domain>`: a vault's host is its name before this. */
  readonly vaultSuffix: string
  /** The location that vaults say they are in. */
  readonly region: string
  /** Names of what diagnostic settings can send the audit to. */
  readonly auditSinks: readonly string[]
}

/** Where a request came to; links and hosts in answers have the port that the client wrote. */
export type ArmPlace = Pick<WireRequest, 'host' | 'port'>
