/** The providers whose issuers this server can ask by itself. */
export type IssuerProvider = 'Claviger' | 'ACME'

const PROVIDERS: readonly IssuerProvider[] = ['Claviger', 'ACME']

/** Which of them an issuer names, in any case; `undefined` for one that is only written down. */
export function issuerProviderOf(provider: string): IssuerProvider | undefined {
  return PROVIDERS.find((one) => one.toLowerCase() === provider.toLowerCase())
}
