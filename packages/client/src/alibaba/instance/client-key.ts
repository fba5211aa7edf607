import { decodeBase64, encodeBase64 } from '../../core/base64.ts'
import { ClavigerError, CredentialUnavailableError } from '../../core/index.ts'
import { utf8 } from '../digest.ts'
import type { KmsConfig } from '../kms-config.ts'
import type { KmsPlatform } from '../kms-platform.ts'

/** What signs requests to an instance. */
export interface ClientKey {
  /** `KAAP.` and a UUID. */
  readonly keyId: string
  /** RSASSA-PKCS1-v1_5 with SHA-256 over a text, in base64. */
  readonly sign: (text: string) => Promise<string>
}

/**
 * The client key of a configuration.
 * @throws CredentialUnavailableError when it names none, or none that opens.
 */
export async function openClientKey(
  config: KmsConfig,
  platform: KmsPlatform | undefined,
): Promise<ClientKey> {
  try {
    return await opened(config, platform)
  } catch (error) {
    if (error instanceof ClavigerError) throw error
    // Without the reason: those of files and of parsers quote more than a reader should see.
    throw missing('It does not open')
  }
}

async function opened(config: KmsConfig, platform: KmsPlatform | undefined): Promise<ClientKey> {
  const { clientKeyContent, clientKeyFile, password, clientKeyId, privateKey } = config
  if (clientKeyContent === undefined && clientKeyFile === undefined) {
    if (clientKeyId === undefined || privateKey === undefined) throw missing('There is none')
    return await signer(clientKeyId, decodeBase64(privateKey.replace(/-----[^-]+-----|\s/g, '')))
  }
  if (platform === undefined || password === undefined) {
    throw missing('A file of one needs its password and a platform')
  }
  const text = clientKeyContent ?? (await platform.readTextFile(clientKeyFile ?? ''))
  const { keyId, pkcs12 } = readClientKeyFile(text)
  return signer(keyId, await platform.openPkcs12(pkcs12, password))
}

/** A client key as its owner has it. The password travels apart from it. */
function readClientKeyFile(text: string): { readonly keyId: string; readonly pkcs12: Uint8Array } {
  try {
    const { KeyId, PrivateKeyData } = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof KeyId === 'string' && typeof PrivateKeyData === 'string') {
      return { keyId: KeyId, pkcs12: decodeBase64(PrivateKeyData) }
    }
  } catch {
    // The reasons of the parsers quote the text.
  }
  throw missing('The file of one is JSON with KeyId and PrivateKeyData')
}

async function signer(keyId: string, pkcs8: Uint8Array<ArrayBuffer>): Promise<ClientKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  return {
    keyId,
    sign: async (text) =>
      encodeBase64(new Uint8Array(await crypto.subtle.sign(algorithm.name, key, utf8(text)))),
  }
}

function missing(reason: string): CredentialUnavailableError {
  const message =
    `The instance needs a client key. ${reason}: give clientKeyFile or clientKeyContent with ` +
    'password and platform, or clientKeyId with privateKey.'
  return new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
}
