/** What the shared gateway is told of the server it belongs to. */
export interface SharedSettings {
  /** The first is that of requests whose host names none. */
  readonly regions: readonly [string, ...string[]]
  /** Where keys and secrets are made that no instance is named for. */
  readonly homeVault: string
  /** The certificates, in PEM, by which clients check the server's own as it is served now. */
  readonly caCertificateChain: () => string
  /** How old the newest version of an asymmetric key must be for another one; 0 when not said. */
  readonly asymmetricVersionDays?: number
}
