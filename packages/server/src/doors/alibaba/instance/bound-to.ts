import { alibaba } from '@claviger/wire'

/** At most as long as an encryption context. */
const LONGEST_AAD = 8192

/** What a ciphertext is bound to. @throws Refusal ParameterInvalid */
export function boundTo(aad: Uint8Array): { readonly additionalData?: Uint8Array } {
  if (aad.length > LONGEST_AAD) throw new alibaba.instance.Refusal('ParameterInvalid', {})
  return aad.length === 0 ? {} : { additionalData: aad }
}
