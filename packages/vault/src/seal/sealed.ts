declare const sealed: unique symbol

/** Bytes that only the seal has made; a store takes nothing else, so plaintext does not compile. */
export type Sealed = Uint8Array & { readonly [sealed]: true }
