import { DefaultAzureCredential } from '@azure/identity'
import * as officialCertificates from '@azure/keyvault-certificates'
import * as officialKeys from '@azure/keyvault-keys'
import * as officialSecrets from '@azure/keyvault-secrets'
import {
  CertificateClient,
  CryptographyClient,
  DefaultCredential,
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

/** Our clients, with a credential of ours or of `@azure/identity`. */
export function ourSide(
  vaultUrl: string,
  credential: TokenCredential = new DefaultCredential(),
): Side {
  return {
    prefix: 'ours',
    secrets: new SecretClient(vaultUrl, credential),
    keys: new KeyClient(vaultUrl, credential),
    certificates: new CertificateClient(vaultUrl, credential),
    cryptography: (key) => new CryptographyClient(key, credential),
    local: (key) => new CryptographyClient(key),
  }
}

/** The official clients under the types of ours: the same names, arguments and results. */
export function officialSide(vaultUrl: string): Side {
  const credential = new DefaultAzureCredential()
  const { CryptographyClient: Official } = officialKeys
  return {
    prefix: 'them',
    secrets: new officialSecrets.SecretClient(vaultUrl, credential) as unknown as SecretClient,
    keys: new officialKeys.KeyClient(vaultUrl, credential) as unknown as KeyClient,
    certificates: new officialCertificates.CertificateClient(
      vaultUrl,
      credential,
    ) as unknown as CertificateClient,
    cryptography: (key) =>
      new Official(
        key as string | officialKeys.KeyVaultKey,
        credential,
      ) as unknown as CryptographyClient,
    local: (key) => new Official(key as officialKeys.JsonWebKey) as unknown as CryptographyClient,
  }
}
