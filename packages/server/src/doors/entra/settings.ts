import type { TokenAudience } from '@claviger/vault'

/** What the login door has to know of where it stands. */
export interface EntraSettings {
  /** `login.<domain>` and the other names of this door; lower case, without ports. */
  readonly loginHosts: readonly string[]
  /** The services that tokens are given for, that of the vaults first. */
  readonly services: readonly [TokenAudience, ...TokenAudience[]]
}
