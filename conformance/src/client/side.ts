import { DefaultAzureCredential } from '@azure/identity'
import * as officialCertificates from '@azure/keyvault-certificates'
import * as officialKeys from '@azure/keyvault-keys'
import * as officialSecrets from '@azure/keyvault-secrets'
import {
  type CertificateClient,
  type CryptographyClient,
  DefaultCredential,
  type KeyClient,
  type SecretClient,
  type TokenCredential,
} from '@claviger/client/azure'
import { clientsOf, type Side } from './our-side.ts'

/** Our clients, with a credential of ours or of `@azure/identity`. */
export function ourSide(
  vaultUrl: string,
  credential: TokenCredential = new DefaultCredential(),
): Side {
  return clientsOf(vaultUrl, credential, 'ours')
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
