/** What the shared gateway is told of the server it belongs to. */
export interface SharedSettings {
  /** The first is that of requests whose host names none. */
  readonly regions: readonly [string, ...string[]]
  /** Where keys and secrets are made that no instance is named for. */
  readonly homeVault: string
}
