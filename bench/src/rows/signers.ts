import type { KeyObject } from 'node:crypto'

/** Who signs requests of Alibaba Cloud KMS: the user and the access point of the first start. */
export interface Signers {
  readonly accessKey: { readonly id: string; readonly secret: Uint8Array }
  readonly clientKey: { readonly id: string; readonly privateKey: KeyObject }
}
