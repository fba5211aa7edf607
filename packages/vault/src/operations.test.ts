import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync, publicEncrypt, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { ROLE_IDS } from './access/built-in-roles.ts'
import { PERMISSIONS, type Permission } from './access/permissions.ts'
import { readPublicKey, type ReadPublicKey } from './crypto/read-public-key.ts'
import { isFault } from './fault.ts'
import type { Operation } from './operation.ts'
import { OPERATIONS } from './operations.ts'
import { Secret } from './seal/secret.ts'
import { recordKeyOf } from './store/record-key.ts'
import { damageRecord } from './testing/damage-record.ts'
import { issueForRequest } from './testing/issue-for-request.ts'
import { memoryVault, type MemoryVault } from './testing/memory-vault.ts'

type Registry = typeof OPERATIONS
type InputOf<Op> = Op extends Operation<infer Input, infer _Output> ? Input : never

/** Prepares what an operation needs and gives an input that it accepts; complete by type. */
type Samples = {
  readonly [Noun in keyof Registry]: {
    readonly [Verb in keyof Registry[Noun]]: (world: MemoryVault) => Promise<InputOf<Registry[Noun][Verb]>>
  }
}

/** Any certificate will do; its key is nowhere. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdDCCARugAwIBAgIUZVFGotqd5i7+D0YNV3fzZY2GCTYwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjIwMzQyMzZaGA8yMTI2MTAyOTAzNDIz
NlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL5Q
2JFekR91IwjTxbY4buLQfpKjob9mn4J7ZhuHdSYHb19ng4rikQ2ZM2uFunPOntUQ
e5xM46NC0T9nTpyJB0qjUzBRMB0GA1UdDgQWBBSnBbXhfhDUXiiJUxJ3hchtxoeM
qzAfBgNVHSMEGDAWgBSnBbXhfhDUXiiJUxJ3hchtxoeMqzAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0cAMEQCIGaqkA8EEBbq6nzaF/Hp+KsKy6Eqn01zdD7L
yRk70U57AiA6DlnYNEqPd2SftVOOLKL+W+4HQNuOc1lqlYDL3OQrBw==
-----END CERTIFICATE-----
`

const CANARY = `canary-${randomUUID()}`
const ref = { vault: 'default', name: 'db-password' }

async function liveSecret({ vault, identity }: MemoryVault): Promise<{ readonly secret: typeof ref }> {
  await vault.secrets.set(identity, { secret: ref, value: Secret.fromText(CANARY), contentType: CANARY, tags: { [CANARY]: CANARY } })
  return { secret: ref }
}

async function labelledSecret({ vault, identity }: MemoryVault): Promise<{ readonly secret: typeof ref }> {
  const creation = { description: CANARY, tags: { [CANARY]: CANARY } }
  await vault.secrets.putVersion(identity, { secret: ref, value: planted(), label: 'v1', creation })
  return { secret: ref }
}

async function kindSecret({ vault, identity }: MemoryVault): Promise<{ readonly secret: typeof ref }> {
  const creation = { kind: 'account', settings: CANARY }
  await vault.secrets.putVersion(identity, { secret: ref, value: planted(), label: 'v1', creation })
  return { secret: ref }
}

async function deletedSecret(world: MemoryVault): Promise<{ readonly secret: typeof ref }> {
  const input = await liveSecret(world)
  await world.vault.secrets.delete(world.identity, input)
  return input
}

async function createdKey(
  { vault, identity }: MemoryVault,
  wanted: { readonly type: string; readonly keyOperations?: readonly string[] },
): Promise<{ readonly key: typeof ref }> {
  await vault.keys.create(identity, { key: ref, hsm: false, tags: { [CANARY]: CANARY }, ...wanted })
  return { key: ref }
}

const liveKey = (world: MemoryVault) => createdKey(world, { type: 'EC' })
const octKey = (world: MemoryVault) => createdKey(world, { type: 'oct' })

async function externalKey({ vault, identity }: MemoryVault): Promise<{ readonly key: typeof ref }> {
  await vault.keys.create(identity, { key: ref, hsm: true, type: 'oct', external: true })
  return { key: ref }
}

async function macKey({ vault, identity }: MemoryVault): Promise<{ readonly key: typeof ref }> {
  await vault.keys.create(identity, { key: ref, hsm: true, spec: { type: 'HMAC', bits: 256 } })
  return { key: ref }
}

async function liveAlias(world: MemoryVault): Promise<{ readonly key: typeof ref; readonly alias: string }> {
  const input = { ...(await liveKey(world)), alias: 'an/alias' }
  await world.vault.aliases.create(world.identity, input)
  return input
}

async function deletedKey(world: MemoryVault): Promise<{ readonly key: typeof ref }> {
  const input = await liveKey(world)
  await world.vault.keys.delete(world.identity, input)
  return input
}

function diagnosticSetting({ first }: MemoryVault) {
  const { resourceId } = first.vault
  const destination = { kind: 'workspace', resourceId: '/workspaces/siem', sink: 'siem' } as const
  const logs = [{ category: 'AuditEvent', enabled: true }]
  const place = { vault: 'default', resourceId, name: 'to-siem' }
  return { ...place, logs, metrics: [], destinations: [destination], sinks: ['siem'] }
}

async function setDiagnosticSetting(world: MemoryVault) {
  const input = { ...diagnosticSetting(world), eventHubName: CANARY }
  await world.vault.diagnostics.set(world.administrator, input)
  return input
}

const certificate = { certificate: ref } as const
const policy = { subject: 'CN=example.com', keyType: 'EC', issuer: { name: 'Self' } } as const
const waitingPolicy = { ...policy, issuer: { name: 'Unknown' } } as const

async function liveCertificate({ vault, identity }: MemoryVault): Promise<{ readonly certificate: typeof ref }> {
  await vault.certificates.create(identity, { ...certificate, policy, tags: { [CANARY]: CANARY } })
  return certificate
}

async function waitingCertificate({ vault, identity }: MemoryVault): Promise<{ readonly certificate: typeof ref }> {
  await vault.certificates.create(identity, { ...certificate, policy: waitingPolicy, tags: { [CANARY]: CANARY } })
  return certificate
}

async function deletedCertificate(world: MemoryVault): Promise<{ readonly certificate: typeof ref }> {
  await world.vault.certificates.delete(world.identity, await liveCertificate(world))
  return certificate
}

async function certificateNotice(world: MemoryVault) {
  const { id } = world.first.vault
  const due = { at: 1, task: 'notifyCertificateExpiry', vault: 'default', vaultId: id, name: ref.name } as const
  return { ...(await liveCertificate(world)), due }
}

const issuer = { issuer: { vault: 'default', name: 'authority' } } as const

async function liveIssuer({ vault, identity }: MemoryVault): Promise<typeof issuer> {
  await vault.certificates.setIssuer(identity, { ...issuer, provider: CANARY, accountId: CANARY, password: planted() })
  return issuer
}

async function liveAcme({ vault, identity }: MemoryVault): Promise<void> {
  const directory = 'https://acme.example.com/directory'
  const account = { accountId: CANARY, password: planted(), organisationId: directory }
  await vault.certificates.setIssuer(identity, { ...issuer, provider: 'ACME', ...account })
}

async function orderedCertificate(world: MemoryVault) {
  await liveAcme(world)
  const ordering = { ...policy, issuer: { name: issuer.issuer.name } }
  const input = { ...certificate, policy: ordering, tags: { [CANARY]: CANARY } }
  const { requestId } = await world.vault.certificates.create(world.identity, input)
  return { ...certificate, requestId }
}

/** Something that an authority of the vault has issued, and the key id of that authority. */
async function issuedCertificate({ vault, identity }: MemoryVault): Promise<string> {
  const corp = { vault: 'default', name: 'corp' }
  await vault.certificates.setIssuer(identity, { issuer: corp, provider: 'Claviger', organisationId: CANARY })
  await vault.certificates.create(identity, {
    ...certificate,
    policy: { ...policy, subject: `CN=${CANARY}`, issuer: { name: 'corp' } },
  })
  const { items } = await vault.certificates.listIssued(identity, { vault: 'default' })
  const issued = items.find(({ name }) => name === ref.name)
  assert.ok(issued !== undefined)
  return issued.authority
}

async function published(world: MemoryVault): Promise<{ readonly vault: string; readonly authority: string }> {
  return { vault: 'default', authority: await issuedCertificate(world) }
}

const contacts = { vault: 'default', contacts: [{ email: `${CANARY}@example.com`, name: CANARY }] } as const

async function liveContacts({ vault, identity }: MemoryVault): Promise<{ readonly vault: string }> {
  await vault.certificates.setContacts(identity, contacts)
  return { vault: 'default' }
}

/** A certificate for what is pending, as an authority of its own would issue it. */
async function answerTo({ vault, identity }: MemoryVault): Promise<Uint8Array> {
  const { request = '' } = await vault.certificates.getPending(identity, certificate)
  return issueForRequest(Buffer.from(request, 'base64'), 1_767_225_600_000)
}

const planted = (): Secret => Secret.fromText(CANARY)
/** A multiple of eight octets, as key wrapping takes. */
const plantedKey = (): Secret => Secret.fromText(CANARY.slice(0, 40))
const recipientSpki = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'der' })
function recipientKey(): ReadPublicKey {
  const read = readPublicKey(recipientSpki)
  assert.ok(read !== undefined)
  return read
}
const DIGEST = createHash('sha256').update(CANARY).digest()

async function extraVault({ vault, administrator }: MemoryVault): Promise<{ readonly vault: string }> {
  await vault.vaults.create(administrator, { name: 'extra' })
  return { vault: 'extra' }
}

async function extraGroup({ vault, administrator }: MemoryVault): Promise<{ readonly name: string }> {
  await vault.resourceGroups.create(administrator, { name: 'extra', location: 'test', tags: { [CANARY]: CANARY } })
  return { name: 'extra' }
}

async function deletedVault(world: MemoryVault): Promise<{ readonly vault: string }> {
  const input = await extraVault(world)
  await world.vault.vaults.delete(world.administrator, input)
  return input
}

async function extraPrincipal({ vault, administrator }: MemoryVault, kind: 'application' | 'group' | 'sessionRole' | 'user' = 'application'): Promise<string> {
  return (await vault.principals.create(administrator, { kind, displayName: 'extra' })).id
}

async function extraApplication({ vault, administrator }: MemoryVault): Promise<string> {
  const input = { displayName: 'extra', identifierUris: ['api://extra'], attributes: { notes: CANARY } }
  return (await vault.applications.create(administrator, input)).id
}

async function liveRule({ vault, administrator }: MemoryVault): Promise<{ readonly name: string }> {
  await vault.networkRules.create(administrator, { name: 'rule', networks: ['192.0.2.0/24'] })
  return { name: 'rule' }
}

async function livePolicy({ vault, administrator }: MemoryVault): Promise<{ readonly name: string }> {
  const input = { name: 'policy', vault: 'default', permissions: ['secretUser'], resources: ['secret/*'] } as const
  await vault.accessPointPolicies.create(administrator, input)
  return { name: 'policy' }
}

async function livePoint(world: MemoryVault): Promise<{ readonly name: string }> {
  const { name: policy } = await livePolicy(world)
  await world.vault.accessPoints.create(world.administrator, { name: 'point', policies: [policy] })
  return { name: 'point' }
}

async function liveClientKey(world: MemoryVault): Promise<{ readonly clientKeyId: string }> {
  const { name } = await livePoint(world)
  const { clientKey } = await world.vault.clientKeys.create(world.administrator, { accessPoint: name })
  return { clientKeyId: clientKey.clientKeyId }
}

const objectPolicy = {
  document: JSON.stringify(CANARY),
  statements: [{ id: '0', effect: 'allow', principals: 'everybody', actions: ['*'] }],
} as const

const customRole = {
  name: 'mine',
  description: '',
  actions: [],
  notActions: [],
  dataActions: ['Microsoft.KeyVault/vaults/secrets/*'],
  notDataActions: [],
}

const samples: Samples = {
  secrets: {
    set: async () => ({ secret: ref, value: Secret.fromText(CANARY), contentType: CANARY, tags: { [CANARY]: CANARY } }),
    update: async (world) => ({ ...(await liveSecret(world)), contentType: CANARY }),
    get: liveSecret,
    list: async (world) => (await liveSecret(world), { vault: 'default' }),
    listVersions: async (world) => (await liveSecret(world), ref),
    delete: liveSecret,
    getDeleted: deletedSecret,
    listDeleted: async (world) => (await deletedSecret(world), { vault: 'default' }),
    recover: deletedSecret,
    purge: deletedSecret,
    destroy: liveSecret,
    backup: liveSecret,
    restore: async (world) => {
      const blob = await world.vault.secrets.backup(world.identity, await liveSecret(world))
      await extraVault(world)
      return { vault: 'extra', blob: () => blob }
    },
    putVersion: async () => ({ secret: ref, value: planted(), label: 'v1', creation: { description: CANARY } }),
    getStaged: labelledSecret,
    moveStage: async (world) => ({ ...(await labelledSecret(world)), stage: 'next', to: 'v1' }),
    rotate: async (world) => ({ ...(await kindSecret(world)), label: 'v1' }),
    annotate: async (world) => ({ ...(await labelledSecret(world)), description: CANARY, settings: () => CANARY }),
    describe: labelledSecret,
    select: async (world) => (await labelledSecret(world), { vault: 'default', skip: 0, take: 10 }),
    getPolicy: liveSecret,
    setPolicy: async (world) => ({ ...(await liveSecret(world)), policy: objectPolicy }),
    walk: async (world) => (await labelledSecret(world), { vault: 'default', state: 'live' }),
    changeTags: async (world) => ({ ...(await labelledSecret(world)), set: { [CANARY]: CANARY } }),
    describeVersions: labelledSecret,
    generatePassword: async () => ({ vault: 'default', length: 32, alphabets: ['ab', '12'], each: true }),
  },
  keys: {
    create: async () => ({ key: ref, type: 'EC', hsm: false, tags: { [CANARY]: CANARY } }),
    import: async () => ({
      key: ref,
      hsm: false,
      numbers: { kty: 'oct', k: Buffer.from(CANARY) },
      tags: { [CANARY]: CANARY },
    }),
    update: async (world) => ({ ...(await liveKey(world)), tags: { [CANARY]: CANARY } }),
    get: liveKey,
    list: async (world) => (await liveKey(world), { vault: 'default' }),
    listVersions: async (world) => (await liveKey(world), ref),
    delete: liveKey,
    getDeleted: deletedKey,
    listDeleted: async (world) => (await deletedKey(world), { vault: 'default' }),
    recover: deletedKey,
    purge: deletedKey,
    backup: liveKey,
    restore: async (world) => {
      const blob = await world.vault.keys.backup(world.identity, await liveKey(world))
      await extraVault(world)
      return { vault: 'extra', blob: () => blob }
    },
    rotate: liveKey,
    rotateIfDue: liveKey,
    notifyExpiry: async (world) => {
      const { id } = world.first.vault
      const due = { at: 1, task: 'notifyKeyExpiry', vault: 'default', vaultId: id, name: ref.name } as const
      return { ...(await liveKey(world)), due }
    },
    getRotationPolicy: liveKey,
    setRotationPolicy: async (world) => ({ ...(await liveKey(world)), lifetimeActions: [], expiryTime: 'P90D' }),
    sign: async (world) => ({ ...(await liveKey(world)), algorithm: 'ES256', digest: DIGEST }),
    verify: async (world) => ({
      ...(await liveKey(world)),
      algorithm: 'ES256',
      digest: DIGEST,
      signature: Buffer.alloc(64, CANARY),
    }),
    encrypt: async (world) => ({ ...(await octKey(world)), algorithm: 'A256GCM', plaintext: planted() }),
    decrypt: async (world) => {
      const key = await octKey(world)
      const input = { ...key, algorithm: 'A256GCM', plaintext: planted() } as const
      const { ciphertext, iv, tag } = await world.vault.keys.encrypt(world.identity, input)
      assert.ok(iv !== undefined && tag !== undefined)
      return { ...key, algorithm: 'A256GCM', ciphertext, iv, tag }
    },
    wrapKey: async (world) => ({ ...(await octKey(world)), algorithm: 'A256KW', plaintext: plantedKey() }),
    unwrapKey: async (world) => {
      const key = await octKey(world)
      const input = { ...key, algorithm: 'A256KW', plaintext: plantedKey() } as const
      const { ciphertext } = await world.vault.keys.wrapKey(world.identity, input)
      return { ...key, algorithm: 'A256KW', ciphertext }
    },
    describe: liveKey,
    walk: async (world) => (await deletedKey(world), { vault: 'default', state: 'deleted' }),
    select: async (world) => (await deletedKey(world), { vault: 'default', skip: 0, take: 1 }),
    describeVersion: deletedKey,
    describeVersions: async (world) => ({ ...(await deletedKey(world)), skip: 0, take: 1 }),
    changeTags: async (world) => ({ ...(await liveKey(world)), set: { [CANARY]: CANARY } }),
    getPolicy: liveKey,
    setPolicy: async (world) => ({ ...(await liveKey(world)), policy: objectPolicy }),
    setRotationInterval: async (world) => ({ ...(await octKey(world)), seconds: 864_000 }),
    setDescription: async (world) => ({ ...(await liveKey(world)), description: CANARY }),
    setEnabled: async (world) => ({ ...(await liveKey(world)), enabled: false }),
    getImportParameters: async (world) => ({ ...(await externalKey(world)), wrapping: 'RSA-OAEP-256' }),
    importMaterial: async (world) => {
      const key = await externalKey(world)
      const wanted = { ...key, wrapping: 'RSA-OAEP-256' } as const
      const { publicKey, token } = await world.vault.keys.getImportParameters(world.identity, wanted)
      const wrapping = createPublicKey({ key: { ...publicKey }, format: 'jwk' })
      const padding = { key: wrapping, oaepHash: 'sha256' }
      return { ...key, token, encrypted: publicEncrypt(padding, Buffer.from(CANARY.slice(0, 32))) }
    },
    deleteMaterial: externalKey,
    generateMac: async (world) => ({ ...(await macKey(world)), algorithm: 'HMAC-SHA-256', message: DIGEST }),
    verifyMac: async (world) => ({ ...(await macKey(world)), algorithm: 'HMAC-SHA-256', message: DIGEST, code: DIGEST }),
    generateDataKey: async (world) => ({ ...(await octKey(world)), algorithm: 'A256GCM', count: 32, form: 'octets' }),
    generateDataKeyPair: async (world) => ({
      ...(await octKey(world)),
      algorithm: 'A256GCM',
      pair: { type: 'EC', curve: 'P-256' },
      form: 'pem',
    }),
    exportDataKey: async (world) => {
      const key = await octKey(world)
      const input = { ...key, algorithm: 'A256GCM', plaintext: planted() } as const
      const { ciphertext, iv, tag } = await world.vault.keys.encrypt(world.identity, input)
      assert.ok(iv !== undefined && tag !== undefined)
      const recipient = { key: recipientKey(), algorithm: 'RSA-OAEP-256' } as const
      return { ...key, algorithm: 'A256GCM', ciphertext, iv, tag, recipient }
    },
    setDeletionProtection: async (world) => ({ ...(await liveKey(world)), isProtected: true, reason: CANARY }),
    getRandomBytes: async () => ({ vault: 'default', count: 32 }),
  },
  aliases: {
    create: async (world) => ({ ...(await liveKey(world)), alias: 'an/alias' }),
    update: liveAlias,
    delete: liveAlias,
    list: async (world) => (await liveAlias(world), { vault: 'default', skip: 0, take: 1 }),
  },
  certificates: {
    create: async () => ({ ...certificate, policy, tags: { [CANARY]: CANARY } }),
    import: async (world) => {
      const { certificates, secrets } = world.vault
      const source = { certificate: { vault: 'default', name: 'source' } }
      await certificates.create(world.identity, { ...source, policy })
      const { value } = await secrets.get(world.identity, { secret: source.certificate })
      return { ...certificate, value, tags: { [CANARY]: CANARY } }
    },
    get: liveCertificate,
    update: async (world) => ({ ...(await liveCertificate(world)), enabled: false, tags: { [CANARY]: CANARY } }),
    changeTags: async (world) => ({ ...(await liveCertificate(world)), set: { [CANARY]: CANARY } }),
    delete: liveCertificate,
    list: async (world) => (await liveCertificate(world), { vault: 'default' }),
    listVersions: async (world) => (await liveCertificate(world), ref),
    getPolicy: liveCertificate,
    updatePolicy: async (world) => ({ ...(await liveCertificate(world)), policy: { subject: 'CN=changed' } }),
    getPending: liveCertificate,
    cancelPending: waitingCertificate,
    deletePending: waitingCertificate,
    merge: async (world) => ({ ...(await waitingCertificate(world)), chain: [await answerTo(world)] }),
    backup: liveCertificate,
    restore: async (world) => {
      const blob = await world.vault.certificates.backup(world.identity, await liveCertificate(world))
      await extraVault(world)
      return { vault: 'extra', blob: () => blob }
    },
    setContacts: async () => contacts,
    getContacts: liveContacts,
    deleteContacts: liveContacts,
    listIssuers: async (world) => (await liveIssuer(world), { vault: 'default' }),
    setIssuer: async () => ({ ...issuer, provider: CANARY, accountId: CANARY, password: planted() }),
    getIssuer: liveIssuer,
    updateIssuer: async (world) => ({ ...(await liveIssuer(world)), password: planted() }),
    deleteIssuer: liveIssuer,
    revoke: async (world) => (await issuedCertificate(world), certificate),
    listIssued: async (world) => (await issuedCertificate(world), { vault: 'default' }),
    getAuthorityCertificate: published,
    getRevocationList: published,
    getOcspResponse: async (world) => ({ ...(await published(world)), request: Buffer.from(CANARY) }),
    listDeleted: async (world) => (await deletedCertificate(world), { vault: 'default' }),
    getDeleted: deletedCertificate,
    recover: deletedCertificate,
    purge: deletedCertificate,
    renewIfDue: liveCertificate,
    failRenewal: async (world) => ({ ...(await liveCertificate(world)), error: 'It is refused.' }),
    getOrder: orderedCertificate,
    setAcmeAccount: async (world) => {
      await liveAcme(world)
      return { vault: 'default', issuer: 'authority', url: CANARY, directory: CANARY, key: planted() }
    },
    completeOrder: async (world) => {
      const order = await orderedCertificate(world)
      return { ...order, chain: [await answerTo(world)] }
    },
    failOrder: async (world) => ({ ...(await orderedCertificate(world)), error: 'No.', mayPass: false }),
    notifyExpiry: certificateNotice,
    tellExpired: certificateNotice,
  },
  resourceGroups: {
    create: async () => ({ name: 'new', location: 'test', tags: { [CANARY]: CANARY } }),
    update: async (world) => ({ ...(await extraGroup(world)), tags: { [CANARY]: CANARY } }),
    get: extraGroup,
    list: async (world) => (await extraGroup(world), {}),
    delete: extraGroup,
  },
  diagnostics: {
    set: async (world) => ({ ...diagnosticSetting(world), eventHubName: CANARY }),
    get: setDiagnosticSetting,
    list: setDiagnosticSetting,
    delete: setDiagnosticSetting,
  },
  vaults: {
    put: async () => ({
      name: 'new', resourceGroup: 'default', location: 'test', accessPolicies: [], newAuthorization: 'rbac', tags: { [CANARY]: CANARY },
    }),
    select: async (world) => (await extraVault(world), {}),
    getDeleted: async (world) => ({ ...(await deletedVault(world)), location: 'test' }),
    selectDeleted: async (world) => (await deletedVault(world), {}),
    getPurgeProgress: deletedVault,
    checkName: async () => ({ name: 'default' }),
    changeAccessPolicies: async (world) => ({
      ...(await extraVault(world)), change: 'add', policies: [{ principal: randomUUID(), permissions: { secrets: ['get'] } }],
    }),
    create: async () => ({ name: 'another' }),
    update: async (world) => ({ ...(await extraVault(world)), purgeProtection: true }),
    get: extraVault,
    describe: extraVault,
    list: async () => ({}),
    delete: extraVault,
    recover: deletedVault,
    purge: deletedVault,
    setAccessPolicy: async (world) => ({ ...(await extraVault(world)), policy: { principal: randomUUID(), permissions: { secrets: ['get'] } } }),
    removeAccessPolicy: async (world) => ({ ...(await extraVault(world)), principal: randomUUID() }),
  },
  vaultKeys: {
    get: liveKey,
    list: async (world) => (await liveKey(world), { vault: 'default' }),
    listVersions: async (world) => (await liveKey(world), ref),
    create: async () => ({ key: ref, type: 'EC', hsm: false, tags: { [CANARY]: CANARY } }),
  },
  vaultSecrets: {
    get: liveSecret,
    list: async (world) => (await liveSecret(world), { vault: 'default' }),
    set: async () => ({ secret: ref, value: planted(), contentType: CANARY, tags: { [CANARY]: CANARY } }),
    update: async (world) => ({ ...(await liveSecret(world)), value: planted(), contentType: CANARY }),
  },
  principals: {
    create: async () => ({ kind: 'application', displayName: 'new' }),
    list: async () => ({}),
    update: async (world) => ({ principal: await extraPrincipal(world), enabled: false }),
    delete: async (world) => ({ principal: await extraPrincipal(world) }),
  },
  directory: {
    get: async (world) => ({ place: { by: 'id', id: await extraApplication(world) } }),
    getMany: async (world) => ({ ids: [await extraApplication(world)] }),
    list: async (world) => (await extraApplication(world), { collection: 'applications' }),
    listRelated: async (world) => ({ of: await extraApplication(world), relation: 'owners' }),
    addOwner: async (world) => ({ object: await extraApplication(world), owner: await extraPrincipal(world) }),
    removeOwner: async (world) => {
      const input = { object: await extraApplication(world), owner: await extraPrincipal(world) }
      return await world.vault.directory.addOwner(world.administrator, input)
    },
    createUser: async () => ({
      displayName: 'Ada',
      userPrincipalName: 'ada@example.com',
      password: planted(),
      attributes: { jobTitle: CANARY },
    }),
  },
  applications: {
    create: async () => ({ displayName: 'new', attributes: { notes: CANARY } }),
    update: async (world) => ({ application: await extraApplication(world), attributes: { notes: null, more: CANARY } }),
    delete: async (world) => ({ application: await extraApplication(world) }),
    createPrincipal: async (world) => {
      const application = await extraApplication(world)
      return await world.vault.applications.update(world.administrator, { application })
    },
    deletePrincipal: async (world) => ({ principal: await extraPrincipal(world) }),
    setCertificates: async (world) => ({
      principal: await extraPrincipal(world),
      certificates: [{ displayName: 'new', certificate: Buffer.from(CERTIFICATE) }],
    }),
  },
  credentials: {
    createSecret: async (world) => ({ principal: await extraPrincipal(world), displayName: 'new' }),
    addCertificate: async (world) => ({ principal: await extraPrincipal(world), displayName: 'new', certificate: Buffer.from(CERTIFICATE) }),
    addFederated: async (world) => ({
      principal: await extraPrincipal(world),
      displayName: 'new',
      issuer: 'https://issuer.example',
      subject: 'system:serviceaccount:ns:name',
      audiences: ['api://AzureADTokenExchange'],
    }),
    createAccessKey: async (world) => ({ principal: await extraPrincipal(world), displayName: 'new' }),
    update: async (world) => {
      const principal = await extraPrincipal(world)
      const { credential } = await world.vault.credentials.createAccessKey(world.administrator, { principal, displayName: 'old' })
      return { principal, credential: credential.id, enabled: false }
    },
    list: async (world) => ({ principal: await extraPrincipal(world) }),
    delete: async (world) => {
      const principal = await extraPrincipal(world)
      const { credential } = await world.vault.credentials.createSecret(world.administrator, { principal, displayName: 'old' })
      return { principal, credential: credential.id }
    },
  },
  users: {
    setPassword: async (world) => ({
      principal: await extraPrincipal(world, 'user'),
      password: Secret.fromText(CANARY),
    }),
    linkIdentity: async (world) => ({
      principal: await extraPrincipal(world, 'user'),
      issuer: 'https://id.example.com',
      subject: CANARY,
    }),
  },
  self: {
    changePassword: async () => ({ current: planted(), password: planted() }),
    addPasskey: async () => ({
      displayName: 'laptop',
      passkeyId: 'AAAA',
      publicKey: 'AAAA',
      counter: 0,
      transports: [],
    }),
    removePasskey: async () => ({ credential: randomUUID() }),
    listCredentials: async () => ({}),
  },
  tenants: {
    create: async () => ({ displayName: 'second' }),
    list: async () => ({}),
  },
  subscriptions: { list: async () => ({}) },
  sessions: {
    create: async (world) => ({ role: await extraPrincipal(world, 'sessionRole'), session: 'nightly' }),
  },
  accessPoints: {
    create: async (world) => ({ name: 'new', policies: [(await livePolicy(world)).name] }),
    update: async (world) => ({ ...(await livePoint(world)), description: 'changed' }),
    get: livePoint,
    list: async (world) => (await livePoint(world), {}),
    delete: livePoint,
  },
  accessPointPolicies: {
    create: async () => ({ name: 'new', vault: 'default', permissions: ['keyUser'], resources: ['key/*'] }),
    update: async (world) => ({ ...(await livePolicy(world)), resources: ['secret/db-password'] }),
    get: livePolicy,
    list: async (world) => (await livePolicy(world), {}),
    delete: livePolicy,
  },
  networkRules: {
    create: async () => ({ name: 'new', networks: ['192.0.2.0/24'] }),
    update: async (world) => ({ ...(await liveRule(world)), networks: ['2001:db8::/32'] }),
    get: liveRule,
    list: async (world) => (await liveRule(world), {}),
    delete: liveRule,
  },
  clientKeys: {
    create: async (world) => ({ accessPoint: (await livePoint(world)).name }),
    get: liveClientKey,
    list: async (world) => (await liveClientKey(world), {}),
    delete: liveClientKey,
  },
  groups: {
    addMember: async (world) => ({ group: await extraPrincipal(world, 'group'), member: await extraPrincipal(world) }),
    removeMember: async (world) => {
      const input = { group: await extraPrincipal(world, 'group'), member: await extraPrincipal(world) }
      await world.vault.groups.addMember(world.administrator, input)
      return input
    },
  },
  roleAssignments: {
    create: async () => ({ principal: randomUUID(), roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' }),
    delete: async ({ vault, administrator }) => {
      const input = { principal: randomUUID(), roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' }
      return { id: (await vault.roleAssignments.create(administrator, input)).id }
    },
    list: async () => ({}),
    select: async () => ({ scope: '/' }),
    restoreOwner: async () => ({}),
    get: async ({ vault, administrator }) => {
      const input = { principal: randomUUID(), roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' }
      return { id: (await vault.roleAssignments.create(administrator, input)).id }
    },
  },
  access: {
    explain: async () => ({ principal: randomUUID(), action: 'secrets/get', scope: '/' }),
    permissions: async () => ({ scope: '/' }),
  },
  roles: {
    put: async () => ({ ...customRole, id: randomUUID() }),
    get: async () => ({ id: ROLE_IDS.owner }),
    delete: async ({ vault, administrator }) => ({ id: (await vault.roles.create(administrator, customRole)).id }),
    create: async () => customRole,
    list: async () => ({}),
  },
  audit: {
    list: async () => ({ after: 0 }),
    prune: async () => ({ through: 1 }),
  },
  issuerKeys: { rotate: async () => ({}) },
  seal: {
    rotateRootKey: async () => ({}),
    rotateDataKey: async () => ({ vault: 'default' }),
  },
  tls: {
    get: async () => ({ role: 'server' }),
    set: async () => ({ role: 'server', material: { certificate: 'PEM', privateKey: Secret.fromText(CANARY) } }),
  },
  maintenance: {
    acceptStore: async () => ({ found: ['record a/b: it was put back'] }),
    forgetDue: async () => ({ key: recordKeyOf('system', 'due', 'none') }),
  },
  records: {
    removeDamaged: async (world) => {
      await liveSecret(world)
      return { record: damageRecord(world.contents, '/secret/') }
    },
  },
  server: {
    initialise: async () => ({ location: 'test', retentionDays: 90 }),
  },
}

/** Operations that refuse even who may, in the world of this test; each says why. */
const REFUSED_HERE: Readonly<Record<string, string>> = {
  'server.initialise': 'the first start is done',
  'self.changePassword': 'the administrator is no user',
  'self.addPasskey': 'the administrator is no user',
  'self.removePasskey': 'the administrator is no user',
  'self.listCredentials': 'the administrator is no user',
}

/** What a stranger is told of itself, which is no refusal. */
const TOLD_TO_STRANGERS: Readonly<Record<string, unknown>> = {
  'subscriptions.list': [],
  'access.permissions': [],
}

/** Of the caller itself, and asked here about somebody else: decided as all others are. */
const ABOUT_OTHERS: readonly string[] = ['AccessExplain']

/** Concerns nobody but the caller, who has only to be known. */
function isOfCaller({ name, permission }: Operation<unknown, unknown>): boolean {
  const { ofCaller }: Permission = PERMISSIONS[permission]
  return ofCaller === true && !ABOUT_OTHERS.includes(name)
}

interface Row {
  readonly name: string
  readonly op: Operation<unknown, unknown>
  readonly sample: (world: MemoryVault) => Promise<unknown>
}

/** The types of the two tables are equal key by key, which the compiler has checked above. */
const rows: readonly Row[] = Object.entries(OPERATIONS).flatMap(([noun, verbs]) =>
  Object.entries(verbs).map(([verb, op]): Row => ({
    name: `${noun}.${verb}`,
    op: op as Operation<unknown, unknown>,
    sample: (samples as unknown as Record<string, Record<string, Row['sample']>>)[noun]?.[verb] ?? missing,
  })),
)

async function missing(): Promise<never> {
  throw new Error('no sample')
}

async function run(world: MemoryVault, name: string, call: MemoryVault['stranger'], input: unknown): Promise<unknown> {
  const [noun = '', verb = ''] = name.split('.')
  const bound = world.vault as unknown as Record<string, Record<string, (call: unknown, input: unknown) => Promise<unknown>>>
  return bound[noun]?.[verb]?.(call, input)
}

describe('every operation of the registry', () => {
  for (const { name, op, sample } of rows) {
    it(`${name} denies a stranger, changes nothing and audits the denial`, async () => {
      const world = await memoryVault()
      const input = await sample(world)
      const before = snapshot(world)
      const { count } = await world.store.head()
      const told = TOLD_TO_STRANGERS[name]
      if (told !== undefined) {
        assert.ok(isOfCaller(op))
        assert.deepEqual(await run(world, name, world.stranger, input), told)
        assert.deepEqual(snapshot(world), before)
        return
      }
      const refusal = isOfCaller(op) ? 'DirectoryObjectNotFound' : 'AccessDenied'
      await assert.rejects(run(world, name, world.stranger, input), (thrown) => isFault(thrown, refusal))
      assert.deepEqual(snapshot(world), before)
      const entries = await world.audit(count)
      assert.equal(entries.length, 1)
      assert.equal(entries[0]?.operationName, op.name)
      assert.equal(entries[0]?.properties.httpStatusCode, 403)
      assert.equal(entries[0]?.resultDescription, refusal)
      if (isOfCaller(op)) return
      assert.ok((entries[0]?.properties.missingAction ?? '').length > 0)
    })

    it(`${name} is audited when it is allowed, in the commit of its change`, async () => {
      const world = await memoryVault()
      const input = await sample(world)
      const { count } = await world.store.head()
      const refused = REFUSED_HERE[name]
      if (refused === undefined) await run(world, name, world.administrator, input)
      else await assert.rejects(run(world, name, world.administrator, input), (thrown) => isFault(thrown, 'InvalidInput'))
      const entries = await world.audit(count)
      assert.equal(entries.length, 1)
      assert.equal(entries[0]?.operationName, op.name)
      assert.equal(entries[0]?.properties.httpStatusCode, refused === undefined ? 200 : 403)
      assert.ok((entries[0]?.properties.decidedBy ?? '').length > 0)
    })

    it(`${name} is not answered when its audit entry cannot be written`, async () => {
      const world = await memoryVault()
      const input = await sample(world)
      const before = snapshot(world)
      world.failCommits()
      await assert.rejects(
        run(world, name, world.administrator, input),
        (thrown) => isFault(thrown, 'AuditUnavailable') || isFault(thrown, 'StoreUnavailable'),
      )
      assert.deepEqual(snapshot(world), before)
    })
  }

  it('leaves no planted value in the audit, in faults or in the stored bytes', async () => {
    for (const { name, sample } of rows) {
      const world = await memoryVault()
      const input = await sample(world)
      const faults: unknown[] = []
      await run(world, name, world.stranger, input).catch((thrown: unknown) => faults.push(thrown))
      await run(world, name, world.administrator, input).catch((thrown: unknown) => faults.push(thrown))
      await run(world, name, world.administrator, input).catch((thrown: unknown) => faults.push(thrown))
      const texts = [
        JSON.stringify(await world.audit()),
        faults.map((fault) => inspect(fault, { depth: 10, showHidden: true })).join(),
        ...[...world.contents.bodies.values()].map(({ bytes }) => Buffer.from(bytes).toString('latin1')),
      ]
      for (const needle of spellings(CANARY)) {
        assert.ok(!texts.some((text) => text.includes(needle)), `${name} leaked`)
      }
    }
  })
})

/** What is stored, besides audit and the scheduler's heartbeat. */
function snapshot({ contents }: MemoryVault): unknown {
  return [...contents.bodies].map(([key, { version, bytes }]) => [key, version, Buffer.from(bytes).toString('hex')])
}

function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text)
  const inner = (value: string): string => value.slice(0, -4)
  return [text, bytes.toString('hex'), inner(bytes.toString('base64')), inner(bytes.toString('base64url'))]
}
