import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { connectSigner, makeAccessKey } from '../server/alibaba-access.ts'
import { type KmsAnswer, type KmsRequest, RawKms, type Signer } from '../server/raw-kms.ts'
import type { TestServer } from '../server/test-server.ts'

const QUARTER = 15 * 60 * 1000
const HOST = 'kms.cn-hangzhou.localhost'
const LIST_KEYS: KmsRequest = { action: 'ListKeys', parameters: { PageSize: '1' } }

type Way = (request: KmsRequest) => Promise<KmsAnswer>

/** Everything that can be wrong with a request before anybody looks at what it asks for. */
export async function checkAlibabaRefusals(run: SuiteRun, server: TestServer): Promise<void> {
  const signer = connectSigner(server)
  const kms = new RawKms(server, signer, HOST)
  const anyHost = new RawKms(server, signer, 'localhost', server.place.alibabaPort)
  run.onEnd(() => {
    kms.close()
    anyHost.close()
  })
  await run.step(
    'bare requests: at its own name, at the port of every host, at that of a VPC',
    async () => {
      const vpc = new RawKms(server, signer, 'kms-vpc.cn-hangzhou.localhost')
      for (const one of [kms, anyHost, vpc]) expectStatus(await one.rpc(LIST_KEYS), 200)
      vpc.close()
    },
  )
  await checkFirstKey(run, kms)
  await checkForms(run, kms)
  await checkRpc(run, kms)
  await checkAcs3(run, kms)
  const ways: Readonly<Record<string, Way>> = {
    RPC: (request) => kms.rpc(request),
    ACS3: (request) => kms.acs3(request),
  }
  for (const [name, ask] of Object.entries(ways)) {
    await checkBoth(run, name, ask, signer)
    await checkAccessKeys(run, server, name, ask)
  }
  await checkErrors(run, kms)
}

/** What a program asks first, as the access key of `connect.env` with the roles of the first start. */
async function checkFirstKey(run: SuiteRun, kms: RawKms): Promise<void> {
  await run.step('bare requests: the first access key sees regions, instances and keys', async () => {
    const instance = { KmsInstanceId: 'kst-default' }
    expectStatus(await kms.rpc({ action: 'DescribeRegions' }), 200)
    expectStatus(await kms.rpc({ action: 'ListKmsInstances' }), 200)
    expectStatus(await kms.rpc({ action: 'GetKmsInstance', parameters: instance }), 200)
    expectStatus(await kms.rpc({ action: 'GetDefaultKmsInstance' }), 200)
    expectStatus(await kms.rpc(LIST_KEYS), 200)
  })
}

/** Everything that may be otherwise and is right all the same. */
async function checkForms(run: SuiteRun, kms: RawKms): Promise<void> {
  for (const place of ['query', 'form'] as const) {
    await run.step(
      `bare requests: RPC by HMAC-SHA1 and HMAC-SHA256, ACS3, in the ${place}`,
      async () => {
        expectStatus(await kms.rpc({ ...LIST_KEYS, place }), 200)
        expectStatus(await kms.rpc({ ...LIST_KEYS, place }, 'sha256'), 200)
        expectStatus(await kms.acs3({ ...LIST_KEYS, place }), 200)
      },
    )
  }
  await run.step('bare requests: GET, without a nonce, with an empty SignatureType', async () => {
    expectStatus(await kms.rpc({ ...LIST_KEYS, method: 'GET' }), 200)
    expectStatus(await kms.acs3({ ...LIST_KEYS, method: 'GET' }), 200)
    expectStatus(await kms.rpc({ ...LIST_KEYS, changed: { SignatureNonce: undefined } }), 200)
    expectStatus(await kms.rpc({ ...LIST_KEYS, changed: { SignatureType: '', RegionId: 'x' } }), 200)
  })
  await run.step('bare requests: XML answers, of successes and of errors', async () => {
    const changed = { Format: 'xml' }
    const { raw } = await kms.rpc({ ...LIST_KEYS, changed })
    assert.equal(raw.headers['content-type'], 'text/xml;charset=utf-8')
    assert.match(raw.body, /^<\?xml [^>]*\?>\s*<[A-Za-z]+>.*<Keys>.*<RequestId>/s)
    const refused = await kms.rpc({ action: 'DescribeKey', parameters: { KeyId: 'none' }, changed })
    assert.equal(refused.raw.status, 404)
    assert.match(refused.raw.body, /<Code>Forbidden\.KeyNotFound<\/Code>/)
  })
}

async function checkRpc(run: SuiteRun, kms: RawKms): Promise<void> {
  const missing: Readonly<Record<string, string>> = {
    Action: 'MissingAction',
    Version: 'MissingVersion',
    AccessKeyId: 'MissingAccessKeyId',
    SignatureMethod: 'MissingSignatureMethod',
    SignatureVersion: 'MissingSignatureVersion',
    Timestamp: 'MissingTimestamp',
  }
  await run.step('RPC: a request without one of its parameters', async () => {
    for (const [name, code] of Object.entries(missing)) {
      expect(await kms.rpc({ ...LIST_KEYS, changed: { [name]: undefined } }), 400, code)
    }
    const unsigned = { ...LIST_KEYS, changedAfterwards: { Signature: undefined } }
    expect(await kms.rpc(unsigned), 400, 'MissingSignature')
    expect(await kms.send('POST', '', '', {}), 400, /^Missing/)
  })
  await run.step('RPC: methods and versions of signatures that are none', async () => {
    for (const changed of [{ SignatureMethod: 'HMAC-MD5' }, { SignatureVersion: '9.9' }]) {
      expect(
        await kms.rpc({ ...LIST_KEYS, changed }),
        400,
        /^(IncompleteSignature|InvalidParameter)$/,
      )
    }
  })
  await run.step('RPC: a mismatch shows what the server has signed', async () => {
    const answer = await kms.rpc({ ...LIST_KEYS, changedAfterwards: { Signature: 'AAAA' } })
    expect(answer, 400, 'SignatureDoesNotMatch')
    assert.match(answer.message, /server string to sign is:POST&%2F&AccessKeyId%3D/)
  })
  await run.step('RPC: parameters that nobody can read', async () => {
    for (const query of ['%', 'Action=%E0%A4%A', 'Action=a&Action=b', '&&&=', '='.repeat(100)]) {
      expect(await kms.send('GET', query, '', {}), 400, /./)
    }
  })
}

async function checkAcs3(run: SuiteRun, kms: RawKms): Promise<void> {
  await run.step('ACS3: what was signed is what is sent', async () => {
    const changes: Readonly<Record<string, string>>[] = [
      { 'x-acs-action': 'DescribeRegions' },
      { 'x-acs-signature-nonce': randomUUID() },
    ]
    for (const changedAfterwards of changes) {
      const answer = await kms.acs3({ ...LIST_KEYS, changedAfterwards })
      expect(answer, 400, 'SignatureDoesNotMatch')
    }
    const changed = { 'x-acs-content-sha256': 'e3b0c442'.repeat(8) }
    expect(
      await kms.acs3({ ...LIST_KEYS, place: 'form', changed }),
      400,
      /^(SignatureDoesNotMatch|IncompleteSignature|InvalidParameter)$/,
    )
  })
  await run.step('ACS3: headers that have to be signed', async () => {
    for (const name of [
      'x-acs-date',
      'x-acs-signature-nonce',
      'x-acs-version',
      'x-acs-content-sha256',
    ]) {
      expect(
        await kms.acs3({ ...LIST_KEYS, changed: { [name]: undefined } }),
        400,
        /^(Missing|IncompleteSignature|IllegalTimestamp)/,
      )
    }
  })
  await run.step('ACS3: an Authorization that is none', async () => {
    const wrong = [
      'ACS3-HMAC-SHA256',
      'ACS3-HMAC-SHA256 Credential=',
      'ACS3-X Credential=a,SignedHeaders=b,Signature=c',
      `ACS3-HMAC-SHA256 ${'x'.repeat(4000)}`,
    ]
    for (const authorization of wrong) {
      const answer = await kms.acs3({ ...LIST_KEYS, changedAfterwards: { authorization } })
      expect(answer, 400, /^(IncompleteSignature|Missing)/)
    }
  })
}

async function checkBoth(
  run: SuiteRun,
  name: string,
  ask: Way,
  { accessKeyId }: Signer,
): Promise<void> {
  await run.step(`${name}: a wrong secret and an unknown access key`, async () => {
    const wrong = { accessKeyId, secret: 'x'.repeat(30) }
    expect(await ask({ ...LIST_KEYS, signer: wrong }), 400, 'SignatureDoesNotMatch')
    const unknown = { accessKeyId: 'LTAIunknown', secret: 'x' }
    expect(await ask({ ...LIST_KEYS, signer: unknown }), 404, 'InvalidAccessKeyId.NotFound')
  })
  await run.step(`${name}: a clock that is a quarter of an hour off`, async () => {
    for (const at of [Date.now() - QUARTER - 60_000, Date.now() + QUARTER + 60_000]) {
      expect(await ask({ ...LIST_KEYS, at }), 400, 'InvalidTimeStamp.Expired')
    }
    expectStatus(await ask({ ...LIST_KEYS, at: Date.now() + QUARTER - 60_000 }), 200)
    const changed = name === 'RPC' ? { Timestamp: 'yesterday' } : { 'x-acs-date': 'yesterday' }
    expect(await ask({ ...LIST_KEYS, changed }), 400, 'InvalidTimeStamp.Format')
  })
  await run.step(`${name}: a request that comes again`, async () => {
    const again = { ...LIST_KEYS, nonce: randomUUID(), at: Date.now() }
    expectStatus(await ask(again), 200)
    expect(await ask(again), 400, 'SignatureNonceUsed')
    // The nonce is what counts, whatever is asked with it.
    const other = { ...again, action: 'ListAliases', parameters: {} }
    expect(await ask(other), 400, 'SignatureNonceUsed')
    const twins = { ...LIST_KEYS, nonce: randomUUID(), at: Date.now() }
    const answers = await Promise.all([ask(twins), ask(twins), ask(twins), ask(twins)])
    const served = answers.filter(({ status }) => status === 200)
    assert.equal(served.length, 1, answers.map(({ code }) => code).join(', '))
  })
  await run.step(`${name}: actions and versions that there are not`, async () => {
    for (const action of ['NoSuchAction', 'createKey', 'constructor', 'x'.repeat(500)]) {
      expect(await ask({ action }), 404, 'InvalidApi.NotFound')
    }
    const changed = name === 'RPC' ? { Version: '2014-05-26' } : { 'x-acs-version': '2014-05-26' }
    expect(await ask({ ...LIST_KEYS, changed }), 404, 'InvalidApi.NotFound')
  })
  await run.step(`${name}: other methods`, async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect(await ask({ ...LIST_KEYS, method }), 403, 'UnsupportedHTTPMethod')
    }
  })
}

async function checkAccessKeys(
  run: SuiteRun,
  server: TestServer,
  name: string,
  ask: Way,
): Promise<void> {
  const user = `someone-by-${name}`
  await admin(run, server, ['user', 'create', user])
  const { id, ...signer } = await makeAccessKey(run, server, user)
  await run.step(`${name}: a user without a role may do nothing`, async () => {
    const answer = await ask({ action: 'CreateKey', signer })
    expect(answer, 403, 'Forbidden.NoPermission')
    assert.equal(answer.message, 'This operation is forbidden by permission system.')
  })
  await run.step(`${name}: an access key that is disabled, enabled and removed`, async () => {
    const manage = (verb: string): Promise<unknown> =>
      admin(run, server, ['credential', 'access-key', verb, user, id])
    await manage('disable')
    expect(await ask({ ...LIST_KEYS, signer }), 400, 'InvalidAccessKeyId.Inactive')
    await manage('enable')
    expect(await ask({ ...LIST_KEYS, signer }), 403, 'Forbidden.NoPermission')
    await manage('remove')
    expect(await ask({ ...LIST_KEYS, signer }), 404, 'InvalidAccessKeyId.NotFound')
  })
}

async function checkErrors(run: SuiteRun, kms: RawKms): Promise<void> {
  await run.step('an error has the members that clients read, and one id', async () => {
    const { body, raw } = await kms.rpc({ action: 'DescribeKey', parameters: { KeyId: 'none' } })
    const { Code, HostId, HttpStatus, Message, Recommend, RequestId } = body
    assert.equal(raw.headers['content-type'], 'application/json;charset=utf-8')
    assert.equal(raw.headers['x-acs-request-id'], RequestId)
    assert.equal(HostId, HOST)
    assert.equal(HttpStatus, 404)
    assert.equal(Code, 'Forbidden.KeyNotFound')
    assert.equal(Message, 'The specified Key is not found.')
    assert.equal(typeof Recommend, 'string')
  })
  await run.step('a parameter that is wrong is named', async () => {
    const wrong = await kms.rpc({ action: 'ListKeys', parameters: { PageSize: '0' } })
    expect(wrong, 400, 'InvalidParameter')
    assert.equal(wrong.message, 'The specified parameter PageSize is not valid.')
    const missing = await kms.rpc({ action: 'DescribeKey' })
    expect(missing, 400, 'MissingParameter')
    assert.equal(missing.message, 'The parameter  KeyId  needed but no provided.')
  })
  await run.step('bodies that are too long, and of no type that is read', async () => {
    const long = { action: 'Encrypt', parameters: { KeyId: 'k', Plaintext: 'x'.repeat(5_000_000) } }
    const answer = await kms.rpc({ ...long, place: 'form' })
    expect(answer, /^4\d\d$/, 'ParseRequestParameterException')
    for (const type of ['application/json', 'application/x-protobuf', 'text/plain', 'nonsense']) {
      const sent = await kms.send('POST', '', '{"Action":"ListKeys"}', { 'content-type': type })
      expect(sent, 400, /^Missing/)
    }
  })
}

function expectStatus(answer: KmsAnswer, status: number): void {
  if (answer.status === status) return
  throw new Error(`It was answered ${answer.status}, ${answer.code}: ${answer.message}`)
}

function expect(answer: KmsAnswer, status: number | RegExp, code: string | RegExp): void {
  const said = `${answer.status} ${answer.code}: ${answer.message}`
  assert.match(
    String(answer.status),
    typeof status === 'number' ? new RegExp(`^${status}$`) : status,
    said,
  )
  if (typeof code === 'string') assert.equal(answer.code, code, said)
  else assert.match(answer.code, code, said)
}
