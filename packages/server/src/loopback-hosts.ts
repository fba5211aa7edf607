/** This machine's own names, as they stand in `WireRequest.host`. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1']
