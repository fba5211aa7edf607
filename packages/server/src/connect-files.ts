// The two shell files that let unmodified programs on this machine reach the vault `default`:
// `connect.env` by the managed identity, `connect-service-principal.env` by a client secret. Both
// hold a credential and have mode 0600; whoever sources one after the other is left with the last.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret } from '@claviger/vault'
import type { KmsCredentials, KmsCredentialsBefore } from './connect/kms-credentials.ts'
import type { ClientAddresses } from './connect/client-addresses.ts'
import { parseShellVariables, renderShellVariables } from './connect/shell-variables.ts'
import { writeDurably } from './stores/embedded/write-durably.ts'
import type { TrustBundle } from './tls/trust-bundle.ts'

/** The credential of `connect.env`, and that of `connect-service-principal.env`. */
export type ConnectCredential = 'identityHeader' | 'clientSecret'

/** What checks and makes the credentials; both through operations of the vault. */
export interface ConnectCredentials {
  stillValid(kind: ConnectCredential, credential: Secret): Promise<boolean>
  /** Makes a new one and revokes those it replaces. */
  create(kind: ConnectCredential): Promise<Secret>
}

export interface ConnectFilesInput {
  readonly folder: string
  readonly addresses: ClientAddresses
  /**
   * Absent when the operator's own certificate is served, which clients trust or not by
   * themselves.
   */
  readonly trust: TrustBundle | undefined
  /** Client id of the administrator application. */
  readonly clientId: string
  readonly credentials: ConnectCredentials
  /** Absent for a store of a tenant that has no user for it. */
  readonly kmsCredentials: (renew: boolean) => Promise<KmsCredentials | undefined>
  /** Makes both credentials anew, valid or not. */
  readonly renew?: boolean
}

/** Where the files are. */
export interface ConnectFiles {
  readonly identityFile: string
  readonly servicePrincipalFile: string
}

const KMS = {
  accessKeyId: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  accessKeySecret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  clientKeyPassword: 'ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD',
} as const

const CLIENT_KEY_FILE = 'ALIBABA_CLOUD_KMS_CLIENT_KEY_FILE'

const VARIABLE = { identityHeader: 'IDENTITY_HEADER', clientSecret: 'AZURE_CLIENT_SECRET' } as const

// What else steers `DefaultAzureCredential`: another service principal or federated token comes
// first in its chain, and some of these turn the identity endpoint into another kind of it.
const OTHER_WAYS = [
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_USERNAME',
  'AZURE_PASSWORD',
  'AZURE_POD_IDENTITY_AUTHORITY_HOST',
  'AZURE_TOKEN_CREDENTIALS',
  'IDENTITY_SERVER_THUMBPRINT',
  'IMDS_ENDPOINT',
  'MSI_ENDPOINT',
  'MSI_SECRET',
] as const
const SERVICE_PRINCIPAL = [
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_CLIENT_SECRET',
  'AZURE_AUTHORITY_HOST',
] as const
const IDENTITY = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER'] as const

/** The paths of the files in a data folder. */
export function connectFilesIn(folder: string): ConnectFiles {
  return {
    identityFile: join(folder, 'connect.env'),
    servicePrincipalFile: join(folder, 'connect-service-principal.env'),
  }
}

/** What `connect.env` has of the credentials for KMS programs. */
export async function kmsCredentialsBefore(folder: string): Promise<KmsCredentialsBefore> {
  return kmsCredentialsIn(await variablesIn(connectFilesIn(folder).identityFile))
}

/**
 * Writes both files, each replaced at one instant. A credential that the file has and that is still
 * valid is kept, so that programs which have read it go on working; all other lines are made anew,
 * since ports and paths may have changed.
 */
export async function writeConnectFiles(input: ConnectFilesInput): Promise<ConnectFiles> {
  const files = connectFilesIn(input.folder)
  const header = await credentialFor(input, 'identityHeader', files.identityFile)
  const kms = await input.kmsCredentials(input.renew ?? false)
  await writeDurably(files.identityFile, Buffer.from(identityFileText(input, header, kms)))
  const secret = await credentialFor(input, 'clientSecret', files.servicePrincipalFile)
  const text = servicePrincipalFileText(input, secret)
  await writeDurably(files.servicePrincipalFile, Buffer.from(text))
  return files
}

/** The text of `connect.env`. */
export function identityFileText(
  input: Pick<ConnectFilesInput, 'addresses' | 'trust'>,
  header: Secret,
  kms?: KmsCredentials,
): string {
  return renderShellVariables({
    comment: [
      'Source this file: . connect.env',
      'It holds credentials (Key Vault Administrator on the vault default; an access key for the data',
      'of all vaults; the password of a client key): keep it to yourself.',
    ],
    unset: [...SERVICE_PRINCIPAL, ...OTHER_WAYS],
    set: {
      ...vaultVariables(input.addresses),
      IDENTITY_ENDPOINT: input.addresses.identityEndpoint,
      IDENTITY_HEADER: textOf(header),
      ...trustVariables(input.trust),
      ...kmsVariables(input, kms),
    },
  })
}

/** The names that the vendor's own clients and samples read, and ours for what has none. */
function kmsVariables(
  { addresses: { kms }, trust }: Pick<ConnectFilesInput, 'addresses' | 'trust'>,
  credentials: KmsCredentials | undefined,
): Record<string, string> {
  if (credentials === undefined) return {}
  const { accessKey, clientKey } = credentials
  return {
    ...(accessKey === undefined
      ? {}
      : {
          [KMS.accessKeyId]: accessKey.accessKeyId,
          [KMS.accessKeySecret]: textOf(accessKey.secret),
        }),
    ALIBABA_CLOUD_REGION_ID: kms.region,
    ALIBABA_CLOUD_KMS_ENDPOINT: kms.endpoint,
    ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT: kms.instanceEndpoint,
    ...(clientKey === undefined
      ? {}
      : {
          [CLIENT_KEY_FILE]: clientKey.file,
          [KMS.clientKeyPassword]: textOf(clientKey.password),
        }),
    ...(trust === undefined ? {} : { ALIBABA_CLOUD_KMS_CA_FILE: trust.caFile }),
  }
}

function kmsCredentialsIn(variables: ReadonlyMap<string, string>): KmsCredentialsBefore {
  const secret = (name: string): Secret | undefined => {
    const value = variables.get(name) ?? ''
    return value === '' ? undefined : Secret.fromText(value)
  }
  return {
    accessKeyId: variables.get(KMS.accessKeyId),
    accessKeySecret: secret(KMS.accessKeySecret),
    clientKeyPassword: secret(KMS.clientKeyPassword),
  }
}

/** The text of `connect-service-principal.env`. */
export function servicePrincipalFileText(
  input: Pick<ConnectFilesInput, 'addresses' | 'trust' | 'clientId'>,
  clientSecret: Secret,
): string {
  return renderShellVariables({
    comment: [
      'Source this file: . connect-service-principal.env',
      'It holds a credential (the administrator application): keep it to yourself.',
      'The tenant is called adfs because clients then ask this server alone, and no public one.',
    ],
    unset: [...IDENTITY, ...OTHER_WAYS, ...Object.values(KMS), CLIENT_KEY_FILE],
    set: {
      ...vaultVariables(input.addresses),
      AZURE_TENANT_ID: 'adfs',
      AZURE_CLIENT_ID: input.clientId,
      AZURE_CLIENT_SECRET: textOf(clientSecret),
      AZURE_AUTHORITY_HOST: input.addresses.loginUrl,
      ...trustVariables(input.trust),
    },
  })
}

function vaultVariables({ vaultUrl }: ClientAddresses): Record<string, string> {
  return { AZURE_KEYVAULT_URL: vaultUrl, KEY_VAULT_NAME: 'default' }
}

/** Node adds to the roots it has; the others replace theirs, so they get a bundle of all. */
function trustVariables(trust: TrustBundle | undefined): Record<string, string> {
  if (trust === undefined) return {}
  return {
    NODE_EXTRA_CA_CERTS: trust.caFile,
    REQUESTS_CA_BUNDLE: trust.bundleFile,
    SSL_CERT_FILE: trust.bundleFile,
    CURL_CA_BUNDLE: trust.bundleFile,
  }
}

async function credentialFor(
  { credentials, renew = false }: ConnectFilesInput,
  kind: ConnectCredential,
  file: string,
): Promise<Secret> {
  const kept = renew ? undefined : await credentialIn(file, VARIABLE[kind])
  if (kept !== undefined && (await credentials.stillValid(kind, kept))) return kept
  return credentials.create(kind)
}

async function credentialIn(file: string, variable: string): Promise<Secret | undefined> {
  const value = (await variablesIn(file)).get(variable) ?? ''
  return value === '' ? undefined : Secret.fromText(value)
}

/** A file that cannot be read is as good as none: it is written anew. */
async function variablesIn(file: string): Promise<ReadonlyMap<string, string>> {
  return parseShellVariables(await readFile(file, 'utf8').catch(() => ''))
}

function textOf(secret: Secret): string {
  return Buffer.from(secret.reveal()).toString('utf8')
}
