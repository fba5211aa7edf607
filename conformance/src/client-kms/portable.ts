import {
  KmsClient,
  type KmsConfig,
  type KmsResponse,
  type OpenApiConfig,
} from '@claviger/client/alibaba'
import { base64Of, type Script } from './script.ts'
import { type Outcome, ourTranscript } from './transcript.ts'

// Bundled for runtimes that are not Node.

interface Given extends Script {
  readonly config: OpenApiConfig
  /** With its private key opened: nothing here reads files. */
  readonly kmsConfig: KmsConfig
}

/** What a runtime sees of both gateways. */
export interface Seen {
  readonly shared: readonly Outcome[]
  /** By what is done: whether it was right, or the code of the refusal. */
  readonly instance: Readonly<Record<string, unknown>>
}

/** The script at the shared gateway, and what keys and secrets of an instance are for. */
export async function seen({ config, kmsConfig, ...script }: Given): Promise<Seen> {
  const shared = await ourTranscript(script, config)
  return { shared, instance: await useInstance(config, kmsConfig, script) }
}

async function useInstance(
  config: OpenApiConfig,
  kmsConfig: KmsConfig,
  { own, value }: Script,
): Promise<Seen['instance']> {
  const client = new KmsClient({ config, kmsConfig })
  const place = { DKMSInstanceId: 'kst-default' }
  const keyId = (await client.createKey(place)).body.keyMetadata.keyId
  const pair = { keySpec: 'EC_P256', keyUsage: 'SIGN/VERIFY' } as const
  const signing = (await client.createKey({ ...pair, ...place })).body.keyMetadata.keyId
  const listed = await client.listKeyVersions({ keyId: signing })
  const keyVersionId = listed.body.keyVersions.keyVersion[0]?.keyVersionId ?? ''
  const secretName = `${own}/instance`
  await client.createSecret({ secretName, versionId: 'v1', secretData: value, ...place })
  const digest = base64Of(crypto.getRandomValues(new Uint8Array(32)))
  return {
    'text is encrypted and decrypted': await ending(async () => {
      const sealed = await atInstance(client.encrypt({ keyId, plaintext: value }))
      const opened = client.decrypt({ ciphertextBlob: sealed.ciphertextBlob })
      return (await atInstance(opened)).plaintext === value
    }),
    'a data key is made, which the shared gateway opens': await ending(async () => {
      const made = await atInstance(client.generateDataKey({ keyId }))
      const { ciphertextBlob } = made
      const shared = { isUseKmsShareGateway: true }
      const opened = await client.decrypt({ ciphertextBlob }, shared)
      return opened.body.plaintext === made.plaintext
    }),
    'a digest is signed and verified': await ending(async () => {
      const asked = { keyId: signing, keyVersionId, algorithm: 'ECDSA_SHA_256', digest } as const
      const signed = (await atInstance(client.asymmetricSign(asked))).value
      return (await atInstance(client.asymmetricVerify({ ...asked, value: signed }))).value
    }),
    'a secret is read': await ending(async () => {
      return (await atInstance(client.getSecretValue({ secretName }))).secretData === value
    }),
  }
}

/** @throws Error when it was the shared gateway that answered. */
async function atInstance<Body>(asked: Promise<KmsResponse<Body>>): Promise<Body> {
  const { headers, body } = await asked
  if (headers['content-type'] === 'application/x-protobuf') return body
  throw new Error('It was the shared gateway that answered.')
}

async function ending(check: () => Promise<unknown>): Promise<unknown> {
  try {
    return await check()
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string }
    return { code, message }
  }
}
