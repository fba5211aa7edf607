import { octetsOf } from '../client/behaviour.ts'

// One script of calls to the shared gateway, made in any runtime, on objects of its own.

/** The members of a call, as the official client names them. */
export type Request = Readonly<Record<string, unknown>>
/** The members of an answer. */
export type Answer = Readonly<Record<string, unknown>>

/** Calls an action and keeps how it went. Gives the answer, or nothing for a refusal. */
export type Call = (action: string, request?: Request) => Promise<Answer>

/** What the calls are made with. */
export interface Script {
  /** What the names of its objects begin with. */
  readonly own: string
  /** What is encrypted, and stored. */
  readonly value: string
}

/** Every action that the official client of version 1 has, and what is refused of each kind. */
export async function play(call: Call, { own, value }: Script): Promise<void> {
  await keys(call, own, value)
  await importMaterial(call)
  await cryptography(call, value)
  await asymmetric(call, value)
  await secrets(call, own, value)
  await service(call)
}

async function service(call: Call): Promise<void> {
  await call('describeRegions')
  await call('describeService')
  await call('getRandomPassword', { passwordLength: '20', excludePunctuation: 'true' })
  await call('getRandomPassword', { passwordLength: '7' })
  for (const action of ['listKeys', 'listAliases', 'listSecrets']) {
    await call(action, { pageNumber: 1, pageSize: 5 })
    await call(action, { pageNumber: 1, pageSize: 500 })
  }
}

async function createKey(call: Call, request: Request = {}): Promise<string> {
  return text(await call('createKey', request), 'keyMetadata', 'keyId')
}

async function keys(call: Call, own: string, plaintext: string): Promise<void> {
  const keyId = await createKey(call, { description: 'ä key' })
  await call('createKey', { keySpec: 'NONE' })
  await call('describeKey', { keyId })
  await call('describeKey', { keyId: 'key-nothing' })
  await call('updateKeyDescription', { keyId, description: '' })
  await call('disableKey', { keyId })
  await call('encrypt', { keyId, plaintext })
  await call('enableKey', { keyId })
  const made = await call('createKeyVersion', { keyId })
  const keyVersionId = text(made, 'keyVersion', 'keyVersionId')
  await call('describeKeyVersion', { keyId, keyVersionId })
  await call('listKeyVersions', { keyId, pageNumber: 1, pageSize: 10 })
  const policy = { keyId, enableAutomaticRotation: true, rotationInterval: '7d' }
  await call('updateRotationPolicy', policy)
  await call('updateRotationPolicy', { ...policy, rotationInterval: '1d' })
  await call('createAlias', { keyId, aliasName: `alias/${own}` })
  await call('createAlias', { keyId, aliasName: `alias/${own}` })
  await call('updateAlias', { keyId, aliasName: `alias/${own}` })
  await call('listAliasesByKeyId', { keyId })
  await call('deleteAlias', { aliasName: `alias/${own}` })
  await call('deleteAlias', { aliasName: `alias/${own}` })
  const tags = '[{"TagKey":"env","TagValue":"täst"}]'
  await call('tagResource', { keyId, tags })
  await call('listResourceTags', { keyId })
  await call('untagResource', { keyId, tagKeys: '["env"]' })
  await call('scheduleKeyDeletion', { keyId, pendingWindowInDays: 6 })
  await call('scheduleKeyDeletion', { keyId, pendingWindowInDays: 7 })
  await call('cancelKeyDeletion', { keyId })
  await call('cancelKeyDeletion', { keyId })
}

async function importMaterial(call: Call): Promise<void> {
  const keyId = await createKey(call, { origin: 'EXTERNAL' })
  const wrapping = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' }
  const asked = await call('getParametersForImport', { keyId, ...wrapping })
  const wrapped = await wrappedMaterial(octetsOf(text(asked, 'publicKey')))
  const request = {
    keyId,
    importToken: text(asked, 'importToken'),
    encryptedKeyMaterial: wrapped,
    keyMaterialExpireUnix: 0,
  }
  await call('importKeyMaterial', { ...request, importToken: 'bm9uZQ==' })
  await call('importKeyMaterial', request)
  await call('deleteKeyMaterial', { keyId })
}

/** Material for a key, under the public key (SPKI) that was given for it. */
async function wrappedMaterial(spki: Uint8Array<ArrayBuffer>): Promise<string> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['encrypt'])
  const material = crypto.getRandomValues(new Uint8Array(32))
  return base64Of(new Uint8Array(await crypto.subtle.encrypt(algorithm, key, material)))
}

async function cryptography(call: Call, value: string): Promise<void> {
  const keyId = await createKey(call)
  for (const plaintext of [value, 'größer + / = & ? * ~', '密钥', ' ']) {
    const { ciphertextBlob } = await call('encrypt', { keyId, plaintext })
    await call('decrypt', { ciphertextBlob })
  }
  const encryptionContext = { purpose: 'a test', 'key with blank': '1*~+/ü' }
  const bound = await call('encrypt', { keyId, plaintext: value, encryptionContext })
  const { ciphertextBlob } = bound
  await call('decrypt', { ciphertextBlob, encryptionContext })
  await call('decrypt', { ciphertextBlob, encryptionContext: { purpose: 'another' } })
  await call('decrypt', { ciphertextBlob })
  await call('encrypt', { keyId })
  for (const options of [{}, { keySpec: 'AES_128' }, { numberOfBytes: 48 }]) {
    const made = await call('generateDataKey', { keyId, ...options })
    await call('decrypt', { ciphertextBlob: made['ciphertextBlob'] })
    await call('generateDataKeyWithoutPlaintext', { keyId, ...options })
  }
  await call('generateDataKey', { keyId, numberOfBytes: 1025 })
}

async function asymmetric(call: Call, value: string): Promise<void> {
  const octets = new TextEncoder().encode(value)
  const digest = base64Of(new Uint8Array(await crypto.subtle.digest('SHA-256', octets)))
  for (const [keySpec, algorithm] of [
    ['RSA_2048', 'RSA_PSS_SHA_256'],
    ['EC_P256', 'ECDSA_SHA_256'],
    ['EC_SM2', 'SM2DSA'],
  ] as const) {
    const asked = { ...(await keyPair(call, keySpec, 'SIGN/VERIFY')), algorithm }
    const signed = await call('asymmetricSign', { ...asked, digest })
    const signature = { value: signed['value'] }
    await call('asymmetricVerify', { ...asked, digest, ...signature })
    await call('asymmetricVerify', { ...asked, digest: 'A'.repeat(43) + '=', ...signature })
    await call('asymmetricSign', { ...asked, digest: 'c2hvcnQ=' })
  }
  const algorithm = 'RSAES_OAEP_SHA_256'
  const asked = { ...(await keyPair(call, 'RSA_2048', 'ENCRYPT/DECRYPT')), algorithm }
  const plaintext = base64Of(octets)
  const { ciphertextBlob } = await call('asymmetricEncrypt', { ...asked, plaintext })
  await call('asymmetricDecrypt', { ...asked, ciphertextBlob })
  await call('asymmetricDecrypt', { ...asked, ciphertextBlob: plaintext })
}

async function keyPair(call: Call, keySpec: string, keyUsage: string): Promise<Request> {
  const keyId = await createKey(call, { keySpec, keyUsage })
  const listed = await call('listKeyVersions', { keyId })
  const [first] = list(listed, 'keyVersions', 'keyVersion')
  const version = { keyId, keyVersionId: first?.['keyVersionId'] }
  await call('getPublicKey', version)
  return version
}

async function secrets(call: Call, own: string, secretData: string): Promise<void> {
  const secretName = `${own}/größe`.replace('größe', 'groesse')
  const value = { secretName, secretData }
  await call('createSecret', { ...value, versionId: 'v1', description: 'ä secret' })
  await call('createSecret', { ...value, versionId: 'v1' })
  await call('putSecretValue', { ...value, versionId: 'v2', secretData: 'second' })
  await call('putSecretValue', { ...value, versionId: 'v2', secretData: 'third' })
  await call('getSecretValue', { secretName })
  await call('getSecretValue', { secretName, versionStage: 'ACSPrevious' })
  await call('getSecretValue', { secretName, versionId: 'v9' })
  await call('listSecretVersionIds', { secretName, includeDeprecated: 'true' })
  const move = { secretName, versionStage: 'ACSCurrent', moveToVersion: 'v1' }
  await call('updateSecretVersionStage', move)
  await call('updateSecretVersionStage', { secretName, versionStage: 'ACSCurrent' })
  await call('describeSecret', { secretName, fetchTags: 'true' })
  await call('updateSecret', { secretName, description: 'changed' })
  await call('tagResource', { secretName, tags: '[{"TagKey":"a","TagValue":"b"}]' })
  await call('describeSecret', { secretName, fetchTags: 'true' })
  await call('deleteSecret', { secretName, recoveryWindowInDays: '7' })
  await call('getSecretValue', { secretName })
  await call('restoreSecret', { secretName })
  await call('restoreSecret', { secretName })
  await call('deleteSecret', { secretName, forceDeleteWithoutRecovery: 'true' })
  await call('describeSecret', { secretName })
}

function text(answer: Answer, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((value, name) => Object(value)[name], answer)
  if (typeof found === 'string') return found
  throw new Error(`No ${path.join('.')} came.`)
}

function list(answer: Answer, wrapper: string, one: string): readonly Answer[] {
  const items: unknown = Object(answer[wrapper])[one]
  if (Array.isArray(items)) return items
  throw new Error(`No list of ${wrapper} came.`)
}

/** As the service has octets. */
export function base64Of(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
}
