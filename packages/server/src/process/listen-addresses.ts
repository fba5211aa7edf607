/** An address to listen on. */
export interface ListenAddress {
  readonly host: string
  /** The machine may lack it (no IPv6), which is no reason not to start. */
  readonly isOptional: boolean
}

/** The setting's value for both loopback addresses. */
export const BOTH_LOOPBACKS = 'localhost'

/** What `CLAVIGER_HOST` means: one IP address, or both loopback addresses. The first one is never optional. */
export function listenAddresses(host: string): readonly [ListenAddress, ...ListenAddress[]] {
  if (host !== BOTH_LOOPBACKS) return [{ host, isOptional: false }]
  return [
    { host: '127.0.0.1', isOptional: false },
    { host: '::1', isOptional: true },
  ]
}

/** Tells whether listening failed because the machine has no such address. */
export function isMissingAddress(thrown: unknown): boolean {
  const codes = ['EADDRNOTAVAIL', 'EAFNOSUPPORT']
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))
}
