import { alibaba } from '@claviger/wire'

type Context = alibaba.EncryptionContext | undefined

/** What a ciphertext of this gateway is bound to. */
export function boundToContext(context: Context): { readonly additionalData?: Uint8Array } {
  const data = context && alibaba.contextData(context)
  return data === undefined ? {} : { additionalData: data }
}

/** Clients of an instance gateway bind their ciphertexts to one of several forms. */
export function boundToFormOfContext(context: Context): {
  readonly additionalData?: Uint8Array
  readonly orAdditionalData?: readonly Uint8Array[]
} {
  const [first, ...others] =
    context === undefined ? [] : alibaba.contextDataCandidates(context)
  if (first === undefined) return {}
  return { additionalData: first, orAdditionalData: others.filter((one) => one !== undefined) }
}
