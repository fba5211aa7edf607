// What programs of Alibaba Cloud KMS on this machine sign with: the access key of a user, and the
// client key of an access point in a file of its own. Both are kept while they are valid.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import {
  clientKeyPkcs12,
  CONNECT_CREDENTIAL,
  isCredentialValid,
  isFault,
  Secret,
  type Call,
  type Clock,
  type SignInPorts,
  type Tenant,
  type Vault,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { writeDurably } from '../stores/embedded/write-durably.ts'

type ClientKeyFile = ReturnType<typeof alibaba.instance.readClientKeyFile>

/** The access point that the first start makes. */
const ACCESS_POINT = 'default'
const PASSWORD_BYTES = 24
/** A client key that ends within a month is replaced. */
const RENEW_SECONDS = 30 * 86_400

/** What was in the files before. */
export interface KmsCredentialsBefore {
  readonly accessKeyId: string | undefined
  readonly accessKeySecret: Secret | undefined
  readonly clientKeyPassword: Secret | undefined
}

/** Either half is absent when the administrator has deleted the user or the access point. */
export interface KmsCredentials {
  readonly accessKey: { readonly accessKeyId: string; readonly secret: Secret } | undefined
  readonly clientKey: { readonly file: string; readonly password: Secret } | undefined
}

export interface KmsCredentialsOptions {
  readonly folder: string
  readonly vault: Vault
  readonly ports: SignInPorts
  readonly clock: Clock
  readonly tenant: Tenant
  readonly call: Call
  readonly before: KmsCredentialsBefore
  /** Makes both anew, valid or not. */
  readonly renew: boolean
}

/** `undefined` for a store of a tenant that has no such user. */
export async function kmsCredentials(
  options: KmsCredentialsOptions,
): Promise<KmsCredentials | undefined> {
  const { localUser } = options.tenant
  if (localUser === undefined) return undefined
  return {
    accessKey: await accessKey(options, localUser).catch(noneOfADeleted),
    clientKey: await clientKey(options).catch(noneOfADeleted),
  }
}

/** To delete what programs sign in as is allowed, and must not keep the server from starting. */
function noneOfADeleted(thrown: unknown): undefined {
  if (!isFault(thrown, 'DirectoryObjectNotFound')) throw thrown
}

async function accessKey(
  { vault, ports, tenant, call, before, renew }: KmsCredentialsOptions,
  principal: string,
): Promise<NonNullable<KmsCredentials['accessKey']>> {
  const { accessKeyId, accessKeySecret: secret } = before
  if (!renew && accessKeyId !== undefined && secret !== undefined) {
    const known = { kind: 'accessKey', accessKeyId, secret } as const
    if (await isCredentialValid(ports, tenant, known)) return { accessKeyId, secret }
  }
  const input = { principal, displayName: CONNECT_CREDENTIAL, replace: true }
  const made = await vault.credentials.createAccessKey(call, input)
  return { accessKeyId: made.accessKeyId, secret: made.secret }
}

async function clientKey(
  options: KmsCredentialsOptions,
): Promise<NonNullable<KmsCredentials['clientKey']>> {
  const { folder, vault, call, before, renew } = options
  const file = join(folder, 'client-key.json')
  const known = await clientKeyIn(file)
  const kept = before.clientKeyPassword
  if (!renew && kept !== undefined && opens(known, kept) && (await isGood(options, known?.keyId))) {
    return { file, password: kept }
  }
  const made = await vault.clientKeys.create(call, { accessPoint: ACCESS_POINT })
  // Letters, digits and two of the others that the vendor's rule for passwords knows.
  const password = Secret.fromText(randomBytes(PASSWORD_BYTES).toString('base64url'))
  try {
    const text = new TextDecoder().decode(password.reveal())
    const pkcs12 = await clientKeyPkcs12(made, text)
    const { clientKeyId: keyId } = made.clientKey
    await writeDurably(file, Buffer.from(alibaba.instance.writeClientKeyFile({ keyId, pkcs12 })))
  } finally {
    made.privateKey.wipe()
  }
  if (known !== undefined) await forget(options, known.keyId)
  return { file, password }
}

/**
 * Whether the password belongs to the file. They are written one after the other, and a stop between
 * them leaves a new file beside the old password.
 */
function opens(file: ClientKeyFile | undefined, password: Secret): boolean {
  if (file === undefined) return false
  try {
    const passphrase = new TextDecoder().decode(password.reveal())
    createSecureContext({ pfx: Buffer.from(file.pkcs12), passphrase })
    return true
  } catch {
    return false
  }
}

/** Whether the directory still takes a client key, and for a while. */
async function isGood(
  { vault, call, clock }: KmsCredentialsOptions,
  clientKeyId: string | undefined,
): Promise<boolean> {
  if (clientKeyId === undefined) return false
  try {
    const { enabled, expiresAt } = await vault.clientKeys.get(call, { clientKeyId })
    return enabled && expiresAt - RENEW_SECONDS > clock.now() / 1000
  } catch (thrown) {
    if (!isFault(thrown, 'DirectoryObjectNotFound')) throw thrown
    return false
  }
}

async function forget(
  { vault, call }: KmsCredentialsOptions,
  clientKeyId: string,
): Promise<void> {
  try {
    await vault.clientKeys.delete(call, { clientKeyId })
  } catch (thrown) {
    if (!isFault(thrown, 'DirectoryObjectNotFound')) throw thrown
  }
}

/** A file that cannot be read is as good as none: it is written anew. */
async function clientKeyIn(file: string): Promise<ClientKeyFile | undefined> {
  try {
    return alibaba.instance.readClientKeyFile(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
