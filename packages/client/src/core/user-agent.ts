/** The name of this library, as the service's records have it. */
export const USER_AGENT = 'claviger-client/0.1.0'

/** Who asks, as the service's records show it. */
export interface UserAgentOptions {
  /** The program that uses this library, such as `my-program/1.2`; stands before the library. */
  readonly userAgentPrefix?: string
}

/** The names of a program and of this library. @throws TypeError for what no header can have. */
export function userAgentOf({ userAgentPrefix: prefix = '' }: UserAgentOptions = {}): string {
  if (!/^[ -~]{0,256}$/.test(prefix)) {
    throw new TypeError('The name of a program has up to 256 characters of ASCII.')
  }
  return `${prefix} ${USER_AGENT}`.trim()
}
