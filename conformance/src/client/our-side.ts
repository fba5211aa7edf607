import {
  CertificateClient,
  CryptographyClient,
  type JsonWebKey,
  KeyClient,
  type KeyVaultKey,
  SecretClient,
  type TokenCredential,
} from '@claviger/client/azure'

/** One of the two that are compared: clients of a vault, and what its objects' names begin with. */
export interface Side {
  readonly prefix: string
  readonly secrets: SecretClient
  readonly keys: KeyClient
  readonly certificates: CertificateClient
  readonly cryptography: (key: string | KeyVaultKey) => CryptographyClient
  readonly local: (key: JsonWebKey) => CryptographyClient
}

/** Our clients, in any runtime. */
export function clientsOf(vaultUrl: string, credential: TokenCredential, prefix: string): Side {
  return {
    prefix,
    secrets: new SecretClient(vaultUrl, credential),
    keys: new KeyClient(vaultUrl, credential),
    certificates: new CertificateClient(vaultUrl, credential),
    cryptography: (key) => new CryptographyClient(key, credential),
    local: (key) => new CryptographyClient(key),
  }
}
