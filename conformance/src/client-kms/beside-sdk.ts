import assert from 'node:assert/strict'
import { constants, createHash, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import * as sdk from '@alicloud/kms20160120'
import { KMS_ACTIONS, type KmsClient, type SharedSignature } from '@claviger/client/alibaba'
import { kmsClient } from '../programs/alibaba/kms-client.ts'
import { step, variable } from '../programs/step.ts'
import { config, kms } from './clients.ts'

// One script of calls, made with the official client and with ours, each on objects of its own.
// What each call gave, or how it was refused, must be the same but for what is new in each run.

const CANARY = variable('CANARY')

type Request = Readonly<Record<string, unknown>>
type Answer = Readonly<Record<string, unknown>>

/** Calls an action and keeps how it went. Gives the answer, or nothing for a refusal. */
type Call = (action: string, request?: Request) => Promise<Answer>

interface Outcome {
  readonly action: string
  readonly answer?: unknown
  readonly refused?: unknown
}

/** Every action that the official client of version 1 has, and what is refused of each kind. */
async function script(call: Call, own: string): Promise<void> {
  await keys(call, own)
  await importMaterial(call)
  await cryptography(call)
  await asymmetric(call)
  await secrets(call, own)
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

async function keys(call: Call, own: string): Promise<void> {
  const keyId = await createKey(call, { description: 'ä key' })
  await call('createKey', { keySpec: 'NONE' })
  await call('describeKey', { keyId })
  await call('describeKey', { keyId: 'key-nothing' })
  await call('updateKeyDescription', { keyId, description: '' })
  await call('disableKey', { keyId })
  await call('encrypt', { keyId, plaintext: CANARY })
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
  const der = Buffer.from(text(asked, 'publicKey'), 'base64')
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }
  const wrapped = publicEncrypt({ key, ...padding }, randomBytes(32))
  const request = {
    keyId,
    importToken: text(asked, 'importToken'),
    encryptedKeyMaterial: wrapped.toString('base64'),
    keyMaterialExpireUnix: 0,
  }
  await call('importKeyMaterial', { ...request, importToken: 'bm9uZQ==' })
  await call('importKeyMaterial', request)
  await call('deleteKeyMaterial', { keyId })
}

async function cryptography(call: Call): Promise<void> {
  const keyId = await createKey(call)
  for (const plaintext of [CANARY, 'größer + / = & ? * ~', '密钥', ' ']) {
    const { ciphertextBlob } = await call('encrypt', { keyId, plaintext })
    await call('decrypt', { ciphertextBlob })
  }
  const encryptionContext = { purpose: 'a test', 'key with blank': '1*~+/ü' }
  const bound = await call('encrypt', { keyId, plaintext: CANARY, encryptionContext })
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

async function asymmetric(call: Call): Promise<void> {
  const digest = createHash('sha256').update(CANARY).digest('base64')
  for (const [keySpec, algorithm] of [
    ['RSA_2048', 'RSA_PSS_SHA_256'],
    ['EC_P256', 'ECDSA_SHA_256'],
    ['EC_SM2', 'SM2DSA'],
  ] as const) {
    const asked = { ...(await keyPair(call, keySpec, 'SIGN/VERIFY')), algorithm }
    const { value } = await call('asymmetricSign', { ...asked, digest })
    await call('asymmetricVerify', { ...asked, digest, value })
    await call('asymmetricVerify', { ...asked, digest: 'A'.repeat(43) + '=', value })
    await call('asymmetricSign', { ...asked, digest: 'c2hvcnQ=' })
  }
  const algorithm = 'RSAES_OAEP_SHA_256'
  const asked = { ...(await keyPair(call, 'RSA_2048', 'ENCRYPT/DECRYPT')), algorithm }
  const plaintext = Buffer.from(CANARY).toString('base64')
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

async function secrets(call: Call, own: string): Promise<void> {
  const secretName = `${own}/größe`.replace('größe', 'groesse')
  const value = { secretName, secretData: CANARY }
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
  assert.ok(typeof found === 'string', path.join('.'))
  return found
}

function list(answer: Answer, wrapper: string, one: string): readonly Answer[] {
  const items: unknown = Object(answer[wrapper])[one]
  assert.ok(Array.isArray(items))
  return items
}

/** Makes the calls of the script, and keeps how each went. */
async function transcript(
  own: string,
  ask: (action: string, request: Request) => Promise<unknown>,
  refusalOf: (error: unknown) => unknown,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  await script(async (action, request = {}) => {
    try {
      const answer: Answer = JSON.parse(JSON.stringify(await ask(action, request)))
      outcomes.push({ action, answer: steady(answer, own) })
      return answer
    } catch (error) {
      outcomes.push({ action, refused: steady(refusalOf(error), own) })
      return {}
    }
  }, own)
  return outcomes
}

/** What is new in each run, by what it looks like. */
const NEW: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'],
  [/\bkey-[a-z0-9]{21}(?:-[a-z0-9]{10})?/g, 'KEY'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'UUID'],
  [/-----BEGIN PUBLIC KEY-----[^]+/g, 'PEM'],
]

/** The members of random octets, of which the length alone is the same. */
const RANDOM = /^(?:ciphertextBlob|importToken|publicKey|randomPassword)$/

function steady(value: unknown, own: string, name = ''): unknown {
  if (Array.isArray(value)) {
    return OF_ALL.test(name) ? kindsOf(value) : value.map((item) => steady(item, own))
  }
  if (name === 'totalCount') return 'some'
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, one]) => [key, steady(one, own, key)])
    return Object.fromEntries(members)
  }
  if (typeof value !== 'string') return value
  const told = NEW.reduce((text, [from, to]) => text.replace(from, to), value)
  if (RANDOM.test(name)) return `${told === 'PEM' ? 'PEM' : 'random'} ${lengthOf(name, value)}`
  if (KNOWN.has(value)) return value
  // A signature or a data key: base64 of more than any other text of the script.
  // Of a signature in DER the length may differ by an octet or two.
  if (/^[A-Za-z0-9+/]{22,}={0,2}$/.test(told)) {
    return name === 'plaintext' ? `base64 ${told.length}` : 'base64'
  }
  return told.replaceAll(own, 'OWN')
}

/** What was encrypted, which must come back as it was. */
const KNOWN: ReadonlySet<string> = new Set([CANARY, Buffer.from(CANARY).toString('base64')])

/** The lists of everything there is, which grow from call to call. */
const OF_ALL = /^(?:key|alias|secret)$/

/** The members that the items of a list have. */
function kindsOf(items: readonly unknown[]): unknown {
  return items.slice(0, 1).map((item) => Object.keys(Object(item)).toSorted())
}

/** Of DER the length may differ by an octet or two. */
function lengthOf(name: string, value: string): number | string {
  return name === 'importToken' || name === 'publicKey' ? 'some' : value.length
}

const official = kmsClient()

function askOfficial(action: string, request: Request): Promise<unknown> {
  const name = `${action.charAt(0).toUpperCase()}${action.slice(1)}Request`
  const classes = sdk as unknown as Record<string, new (members: Request) => unknown>
  const methods = official as unknown as Record<string, (request: unknown) => Promise<unknown>>
  const Class = classes[name]
  const method = methods[action]
  assert.ok(method, `the official client has no ${action}`)
  return method.call(official, Class === undefined ? undefined : new Class(request))
}

function refusalOfficial(error: unknown): unknown {
  const { code, data } = error as { readonly code?: string; readonly data?: Answer }
  return { code: code?.replace(/Error$/, ''), message: data?.['Message'] }
}

async function askOurs(client: KmsClient, action: string, request: Request): Promise<unknown> {
  const name = action.charAt(0).toUpperCase() + action.slice(1)
  return (await client.callApi(name, request)).body
}

function refusalOurs(error: unknown): unknown {
  const { code, message } = error as { readonly code?: string; readonly message?: string }
  return { code, message }
}

const ownOfTheirs = `sdk-${randomBytes(4).toString('hex')}`
const theirs = await transcript(ownOfTheirs, askOfficial, refusalOfficial)

await step('every action of the official client is called, and most succeed', async () => {
  const called = new Set(theirs.map(({ action }) => action))
  const has = (action: string): boolean => action in official
  const actions = KMS_ACTIONS.map((name) => name.charAt(0).toLowerCase() + name.slice(1))
  assert.deepEqual(actions.filter((action) => has(action) && !called.has(action)), [])
  const succeeded = new Set(theirs.flatMap((one) => ('answer' in one ? [one.action] : [])))
  assert.deepEqual([...called].filter((action) => !succeeded.has(action)), [])
})

const SIGNATURES: readonly SharedSignature[] = ['ACS3-HMAC-SHA256', 'HMAC-SHA1', 'HMAC-SHA256']
for (const signatureAlgorithm of SIGNATURES) {
  const client = kms({ config: { ...config, signatureAlgorithm }, isUseKmsShareGateway: true })
  const own = `own-${randomBytes(4).toString('hex')}`
  const ours = await transcript(own, (name, request) => askOurs(client, name, request), refusalOurs)
  await step(`${signatureAlgorithm}: as many calls`, async () => {
    assert.equal(ours.length, theirs.length)
  })
  for (const [at, outcome] of theirs.entries()) {
    await step(`${signatureAlgorithm}: call ${at + 1}, ${outcome.action}`, async () => {
      const own = ours[at]
      assert.equal(own?.action, outcome.action)
      assert.deepEqual(own?.refused, outcome.refused)
      // The official client drops members that it does not know.
      assert.partialDeepStrictEqual(own?.answer ?? {}, outcome.answer ?? {})
    })
  }
}

console.log('done')
