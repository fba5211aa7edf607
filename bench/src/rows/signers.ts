import type { Tenant } from '@claviger/vault'
import type { KeyObject } from 'node:crypto'

/** Who asks: the user and the access point of the first start, and what their tenant is. */
export interface Signers {
  readonly tenant: Tenant
  readonly accessKey: { readonly id: string; readonly secret: Uint8Array }
  readonly clientKey: { readonly id: string; readonly privateKey: KeyObject }
}
