import type { WireRequest } from '../../door.ts'

/** What the Azure door has to know of where it stands. */
export interface AzureSettings {
  /** `vault.<domain>`: vaults are the labels before it, and the challenge's resource is it. */
  readonly vaultSuffix: string
  /** Hosts that mean the vault `default`, besides localhost, 127.0.0.1 and ::1; lower case. */
  readonly defaultVaultHosts: readonly string[]
  /** `https://login.<domain>`, with the port the client came by: where it shall get its token. */
  loginBase(request: WireRequest): string
  /** `x-ms-keyvault-region`. */
  readonly region: string
  /** `x-ms-keyvault-service-version`: the product's own version. */
  readonly serviceVersion: string
}
