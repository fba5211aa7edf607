import {
  CryptographyClient,
  DefaultCredential,
  KeyClient,
  ResourceNotFoundError,
  SecretClient,
} from '@claviger/client/azure'
import { KmsClient } from '@claviger/client/alibaba'
import { SecretCache } from '@claviger/client/cache'

// What a user writes against the installed client: compiled against the types of the tarball, and
// run beside it by whatever runtime he has. It knows nothing but its environment.
declare const process: { readonly env: Readonly<Record<string, string | undefined>> }

const credential = new DefaultCredential()
const vaultUrl = variable('AZURE_KEYVAULT_URL')
const name = variable('OBJECT_NAME')
const value = variable('SECRET_VALUE')
const octets = new TextEncoder().encode('a message')
const secrets = new SecretClient(vaultUrl, credential)

await step('a secret is set, read and listed', async () => {
  await secrets.setSecret(name, value, { tags: { from: 'a tarball' } })
  const { value: read, properties } = await secrets.getSecret(name)
  demand(read === value && properties.tags?.['from'] === 'a tarball', 'It is another secret.')
  const listed: string[] = []
  for await (const found of secrets.listPropertiesOfSecrets()) listed.push(found.name)
  demand(listed.includes(name), 'It is not in the list.')
})

await step('what is not there is an error of its own class', async () => {
  const asked = secrets.getSecret(`${name}-missing`)
  const error: unknown = await asked.catch((thrown: unknown) => thrown)
  demand(error instanceof ResourceNotFoundError && error.statusCode === 404, String(error))
})

await step('calls at the same time are one for the cache', async () => {
  const cache = new SecretCache(secrets)
  const read = await Promise.all([cache.getSecret(name), cache.getSecret(name)])
  demand(read[0] === read[1] && read[0].value === value, 'They are two.')
})

await step('a signature is made in the vault and verified here', async () => {
  const key = await new KeyClient(vaultUrl, credential).createEcKey(name, { curve: 'P-256' })
  const cryptography = new CryptographyClient(key, credential)
  const { result } = await cryptography.signData('ES256', octets)
  const right = await cryptography.verifyData('ES256', octets, result)
  const wrong = await cryptography.verifyData('ES256', octets.slice(1), result)
  demand(right.result && !wrong.result, 'It does not hold.')
})

await step('a key of Alibaba Cloud KMS opens what it has encrypted', async () => {
  const regionId = variable('ALIBABA_CLOUD_REGION_ID')
  const endpoint = variable('ALIBABA_CLOUD_KMS_ENDPOINT')
  const kms = new KmsClient({ config: { regionId, endpoint } })
  const keyId = (await kms.createKey({})).body.keyMetadata?.keyId ?? ''
  const { body } = await kms.encrypt({ keyId, plaintext: 'aGVsbG8=' })
  const opened = await kms.decrypt({ ciphertextBlob: body.ciphertextBlob ?? '' })
  demand(opened.body.plaintext === 'aGVsbG8=', 'It opens something else.')
})

console.log('done')

async function step(what: string, check: () => Promise<void>): Promise<void> {
  try {
    await check()
    console.log(`ok - ${what}`)
  } catch (error) {
    console.log(`not ok - ${what} # ${String(error).replaceAll(/\s+/g, ' ').slice(0, 400)}`)
  }
}

function variable(wanted: string): string {
  const found = process.env[wanted]
  if (found === undefined || found === '') throw new Error(`${wanted} is not set`)
  return found
}

function demand(isTrue: boolean, reason: string): void {
  if (!isTrue) throw new Error(reason)
}
