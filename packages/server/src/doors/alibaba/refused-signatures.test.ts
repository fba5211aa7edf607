import assert from 'node:assert/strict'
import { createPrivateKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { describe, it } from 'node:test'
import type { AuditEntry } from '@claviger/vault'
import { memoryIdentity, type MemoryIdentity } from '@claviger/vault/testing'
import { alibaba } from '@claviger/wire'
import type { Answer, Door, WireRequest } from '../../door.ts'
import { instanceDoor } from './instance/door.ts'
import { sharedAuthentication } from './shared/authenticate.ts'
import { sharedDoor } from './shared/door.ts'

const { instance, shared } = alibaba

interface Audited {
  readonly answer: Answer
  readonly entries: readonly AuditEntry[]
}

interface Signed {
  readonly world: MemoryIdentity
  readonly door: Door
  readonly accessKey: { readonly id: string; readonly secret: Uint8Array }
  readonly clientKey: { readonly id: string; readonly privateKey: KeyObject }
  /** Answers a request, and tells what it has left in the audit. */
  readonly ask: (request: WireRequest) => Promise<Audited>
}

/** Both gateways with the real directory behind them: signatures are looked at. */
async function gateways(): Promise<Signed> {
  const world = await memoryIdentity()
  const { vault, clock, administrator, first, identityService } = world
  const log = { error: () => undefined, warn: () => undefined }
  const signers = identityService.signedRequests
  const openApi = sharedDoor({
    vault,
    authenticate: sharedAuthentication({ signers, clock, claimsSince: 0 }),
    regionOf: () => 'cn-hangzhou',
    log,
    settings: { regions: ['cn-hangzhou'], homeVault: 'default', caCertificateChain: () => '' },
  })
  const door = instanceDoor({ vault, signers, instanceOf: () => 'default', openApi, clock, log })
  const wanted = { principal: first.user.id, displayName: 'test' }
  const { accessKeyId, secret } = await vault.credentials.createAccessKey(administrator, wanted)
  const made = await vault.clientKeys.create(administrator, { accessPoint: 'default' })
  const key = Buffer.from(made.privateKey.reveal())
  return {
    world,
    door,
    accessKey: { id: accessKeyId, secret: secret.reveal() },
    clientKey: {
      id: made.clientKey.clientKeyId,
      privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    },
    async ask(request) {
      const before = (await world.audit()).length
      const answer = await door.answer(request)
      return { answer, entries: await world.audit(before) }
    },
  }
}

function requestOf(head: Pick<WireRequest, 'headers' | 'query' | 'body'>): WireRequest {
  const host = 'kms.cn-hangzhou.localhost'
  const place = { host, port: 8443, clientAddress: '192.0.2.1' }
  return { method: 'POST', path: '/', ...place, requestId: randomUUID(), ...head }
}

/** A request of the shared gateway that names the key `id`. */
function rpcRequest(
  { world }: Signed,
  { id, secret }: Signed['accessKey'],
  nonce: string = randomUUID(),
): WireRequest {
  const parameters = {
    Action: 'GetRandomPassword',
    Version: shared.API_VERSION,
    AccessKeyId: id,
    SignatureMethod: 'HMAC-SHA256',
    SignatureVersion: '1.0',
    SignatureNonce: nonce,
    Timestamp: shared.formatWireTime(Math.floor(world.clock.now() / 1000)),
  }
  const text = shared.rpcStringToSign('POST', Object.entries(parameters))
  const Signature = shared.signRpc(text, 'HMAC-SHA256', secret)
  const query = new URLSearchParams({ ...parameters, Signature }).toString()
  return requestOf({ query, headers: {}, body: new Uint8Array() })
}

/** A request of the instance gateway that names the client key `id`. */
function instanceRequest({ world }: Signed, { id, privateKey }: Signed['clientKey']): WireRequest {
  const body = instance.encodeMessage('GenerateRandomRequest', { Length: 8 })
  const date = Math.floor(world.clock.now() / 1000)
  const named = { operation: 'GenerateRandom', accessKeyId: id } as const
  const signed = instance.signRequest({ ...named, body, privateKey, date })
  return requestOf({ query: '', headers: { 'content-length': `${body.length}`, ...signed }, body })
}

const NO_ACCESS_KEY = `LTAI${'0'.repeat(20)}`
const NO_CLIENT_KEY = 'KAAP.00000000-0000-4000-8000-000000000000'
const OTHER_SECRET = Buffer.alloc(30, 'x')
const OTHER_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

function demandOnly(
  { answer, entries }: Audited,
  request: WireRequest,
  [operationName, reason, status]: readonly [string, string, number],
): void {
  assert.equal(answer.status, status)
  assert.deepEqual(
    entries.map((one) => [
      one.operationName, one.resultDescription, one.properties.httpStatusCode, one.correlationId,
    ]),
    [[operationName, reason, status, request.requestId]],
  )
}

describe('what is signed leaves one entry', () => {
  it('at the shared gateway, of a wrong secret, an unknown key, a good one, a replay', async () => {
    const gateway = await gateways()
    const { accessKey, ask } = gateway
    const wrong = rpcRequest(gateway, { ...accessKey, secret: OTHER_SECRET })
    demandOnly(await ask(wrong), wrong, ['Authentication', 'RequestSignatureWrong', 400])
    const unknown = rpcRequest(gateway, { ...accessKey, id: NO_ACCESS_KEY })
    demandOnly(await ask(unknown), unknown, ['Authentication', 'AccessKeyUnknown', 404])
    const good = rpcRequest(gateway, accessKey, 'nonce')
    demandOnly(await ask(good), good, ['PasswordGenerate', '', 200])
    const again = rpcRequest(gateway, accessKey, 'nonce')
    demandOnly(await ask(again), again, ['PasswordGenerate', 'RequestReplayed', 400])
  })

  it('at an instance, of a wrong key, an unknown one, a good one', async () => {
    const gateway = await gateways()
    const { clientKey, ask } = gateway
    const wrong = instanceRequest(gateway, { ...clientKey, privateKey: OTHER_KEY })
    demandOnly(await ask(wrong), wrong, ['Authentication', 'RequestSignatureWrong', 401])
    const unknown = instanceRequest(gateway, { ...clientKey, id: NO_CLIENT_KEY })
    demandOnly(await ask(unknown), unknown, ['Authentication', 'ClientKeyUnknown', 404])
    const good = instanceRequest(gateway, clientKey)
    demandOnly(await ask(good), good, ['RandomBytesGet', '', 200])
  })

  it('once where an unproved body is too large to be read, and it is refused before', async () => {
    const gateway = await gateways()
    const { door, world, clientKey } = gateway
    const wrong = instanceRequest(gateway, { ...clientKey, privateKey: OTHER_KEY })
    const headers = { ...wrong.headers, 'content-length': '1000000' }
    const before = (await world.audit()).length
    const head = { ...wrong, headers, body: new Uint8Array() }
    assert.equal((await door.admit?.(head))?.status, 401)
    const names = (await world.audit(before)).map(({ operationName }) => operationName)
    assert.deepEqual(names, ['Authentication'])
  })
})
