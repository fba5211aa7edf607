// What a start says when the server is ready: where things are, and what to type next. It is
// the one thing on standard output; nothing in it is secret.
import { isAbsolute, relative } from 'node:path'
import type { ClientAddresses } from './connect/client-addresses.ts'
import { ownAddress } from './connect/own-address.ts'
import { shellWord } from './connect/shell-word.ts'
import type { ConnectFiles } from './connect-files.ts'
import type { SealSource } from './seal-source.ts'

export interface BannerFacts {
  readonly addresses: ClientAddresses
  readonly tenant: string
  readonly dataDir: string
  readonly seal: SealSource
  readonly connectFiles: ConnectFiles
  /** `undefined` when metrics are off. */
  readonly metricsUrl: string | undefined
  /** Of the hosts of the server, those that clients on this machine would not find. */
  readonly unreachableHosts: readonly string[]
  /** Where the server listens, as configured. */
  readonly host: string
  readonly workingDirectory: string
  /** Root writes the hosts file without `sudo`, which a container often has not. */
  readonly isRoot: boolean
}

/** The ready banner, ending in a newline. */
export function banner(facts: BannerFacts): string {
  const { addresses, seal, workingDirectory } = facts
  const path = (absolute: string): string => shorterPath(absolute, workingDirectory)
  const source = `. ${shellWord(path(facts.connectFiles.identityFile))}`
  return [
    'Claviger is ready.',
    `  Vault     ${addresses.vaultUrl}`,
    `  KMS       ${addresses.kms.endpoint}, ${addresses.kms.instanceEndpoint}`,
    `  Tenant    ${facts.tenant}`,
    `  Data      ${path(facts.dataDir)}`,
    seal.kind === 'file'
      ? `  Root key  ${path(seal.path)}  (back it up: without it the data cannot be read)`
      : `  Seal      passphrase in ${path(seal.path)}  (without it the data cannot be read)`,
    ...(facts.metricsUrl === undefined ? [] : [`  Metrics   ${facts.metricsUrl}`]),
    '',
    ...hostsAdvice(facts),
    '# Node, after: npm install @azure/identity @azure/keyvault-secrets',
    `${source}; node --input-type=module -e '`,
    'import { DefaultAzureCredential } from "@azure/identity"',
    'import { SecretClient } from "@azure/keyvault-secrets"',
    'const vault = new SecretClient(process.env.AZURE_KEYVAULT_URL, new DefaultAzureCredential())',
    'await vault.setSecret("hello", "world"); console.log(await vault.getSecret("hello"))\'',
    '# Python, after: pip install azure-identity azure-keyvault-secrets',
    `${source}; python3 -c '`,
    'import os, azure.identity as i, azure.keyvault.secrets as kv',
    'vault = kv.SecretClient(os.environ["AZURE_KEYVAULT_URL"], i.DefaultAzureCredential())',
    'vault.set_secret("hello", "world"); print(vault.get_secret("hello").value)\'',
    '# Alibaba Cloud KMS, Python, after: pip install alibabacloud-kms20160120',
    `${source}; python3 -c '`,
    'import os; from alibabacloud_kms20160120 import client, models',
    'from alibabacloud_credentials.client import Client as Credential',
    'from alibabacloud_tea_openapi.models import Config',
    'at = os.environ["ALIBABA_CLOUD_KMS_ENDPOINT"]',
    'kms = client.Client(Config(credential=Credential(), endpoint=at))',
    'key = kms.create_key(models.CreateKeyRequest()).body.key_metadata.key_id',
    'print(kms.encrypt(models.EncryptRequest(key_id=key, plaintext="hello")).body.ciphertext_blob)\'',
    '# az, as the administrator; back to the public cloud: az logout; az cloud set -n AzureCloud',
    `. ${shellWord(path(facts.connectFiles.servicePrincipalFile))}; ` +
      'az config set core.instance_discovery=false',
    `az cloud register -n Claviger --endpoint-resource-manager ${addresses.managementUrl}`,
    'az cloud set -n Claviger',
    `az login --service-principal -u $AZURE_CLIENT_ID -p $AZURE_CLIENT_SECRET \\`,
    `  --tenant ${facts.tenant}`,
    '# curl',
    `${source}; token=$(curl -s -H "X-IDENTITY-HEADER: $IDENTITY_HEADER" \\`,
    `  "$IDENTITY_ENDPOINT?api-version=2019-08-01&resource=${addresses.resource}" |`,
    `  sed 's/.*"access_token":"//; s/".*//')`,
    'curl -H "Authorization: Bearer $token" "$AZURE_KEYVAULT_URL/secrets?api-version=7.6"',
    '',
  ].join('\n')
}

function hostsAdvice(
  { unreachableHosts, addresses, host, isRoot }: BannerFacts,
): readonly string[] {
  if (unreachableHosts.length === 0) return []
  const line = [ownAddress(host), ...addresses.hosts].join(' ')
  const write = isRoot ? '>> /etc/hosts' : '| sudo tee -a /etc/hosts'
  return [
    `Programs here do not find ${unreachableHosts.join(', ')} yet; type this once:`,
    `echo '${line}' ${write}`,
    '',
  ]
}

/** The path from where the operator is, when that is shorter and does not climb. */
function shorterPath(absolute: string, from: string): string {
  const near = relative(from, absolute)
  if (near === '' || near.startsWith('..') || isAbsolute(near)) return absolute
  return near.length + 2 < absolute.length ? `./${near}` : absolute
}
