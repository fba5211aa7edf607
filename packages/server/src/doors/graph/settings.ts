/** What the Graph door needs to know of the configuration. */
export interface GraphSettings {
  /** `login.<domain>`, where tokens come from. */
  readonly loginHost: string
  /** The server's domain, which the tenant's names of users end in. */
  readonly domain: string
}
