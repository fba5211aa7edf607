import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { CertificateClient } from '../acme/certificate-client.ts'
import { ChallengeNames } from '../acme/challenge-names.ts'
import { DnsHook } from '../acme/dns-hook.ts'
import { Pebble, pebbleCertificate } from '../acme/pebble.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'

const PKI_PORT = 8446
/** Pebble wants 256 bits at least. */
const EXTERNAL_KEY = 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W'
/** Life of a certificate that is renewed while the suite waits. */
const SHORT_LIFE_SECONDS = 24
const RENEWED_WITHIN_MS = 20_000
const PRESENTED_WITHIN_MS = 20_000

/** What the checks share. */
interface Scene {
  readonly run: SuiteRun
  readonly server: TestServer
  readonly names: ChallengeNames
  readonly hook: DnsHook
  /** Takes any account. */
  readonly open: Pebble
  /** Takes accounts of its customers alone, and issues for seconds. */
  readonly bound: Pebble
  certificates: CertificateClient
}

/** Certificates of a real ACME server, ordered by the vault itself. */
export const acme: Suite = {
  name: 'acme',
  what: 'orders at Pebble by HTTP-01 and DNS-01, external accounts, refusals, renewal',
  budgetSeconds: 240,
  async run(run) {
    const { pebble, challtestsrv, openssl } = run.machine
    for (const found of [pebble, challtestsrv, openssl]) {
      if ('missing' in found) run.notRun('certificates of an ACME server', found.missing)
    }
    if ('missing' in pebble || 'missing' in challtestsrv || 'missing' in openssl) return
    const certificate = pebbleCertificate(run, openssl.path)
    const names = await ChallengeNames.start(run, challtestsrv.path)
    const hook = new DnsHook(run, names)
    const place = { program: pebble.path, certificate, httpPort: PKI_PORT, dns: names.address }
    const open = await Pebble.start(run, { ...place, port: 14_000 })
    const bound = await Pebble.start(run, {
      ...place,
      port: 14_001,
      externalKeys: { customer: EXTERNAL_KEY },
      validitySeconds: SHORT_LIFE_SECONDS,
    })
    const server = await TestServer.start(run, {
      settings: {
        NODE_EXTRA_CA_CERTS: certificate.certFile,
        CLAVIGER_PKI_PORT: String(PKI_PORT),
        CLAVIGER_ACME_DIRECTORIES: `${open.directory},${bound.directory}`,
        CLAVIGER_ACME_DNS_HOOK: hook.path,
      },
    })
    server.plant('the key of an external account', EXTERNAL_KEY)
    server.plant('the key of an external account', Buffer.from(EXTERNAL_KEY, 'base64url'))
    const scene: Scene = {
      run, server, names, hook, open, bound,
      certificates: await certificatesOf(server),
    }
    await checkHttp(scene)
    await checkDns(scene)
    await checkRefusals(scene)
    await checkExternalAccount(scene)
    await checkRestarts(scene)
  },
}

async function certificatesOf(server: TestServer): Promise<CertificateClient> {
  return new CertificateClient(server.client(), await server.token())
}

async function checkHttp(scene: Scene): Promise<void> {
  const { run, certificates, open } = scene
  const names = ['www.example.com', 'example.com']
  await run.step('a certificate for two names is issued by HTTP-01', async () => {
    await certificates.setIssuer('open', { directory: open.directory })
    assert.deepEqual(
      await certificates.order('site', { issuer: 'open', names }),
      { status: 'completed', error: '' },
    )
    await assertIssued(scene, 'site', open, names)
  })
  await run.step('the same is ordered again with the account that the vault keeps', async () => {
    const before = await certificates.current('site')
    assert.equal((await certificates.order('site', { issuer: 'open', names })).status, 'completed')
    assert.notEqual((await certificates.current('site')).version, before.version)
    assert.equal(open.newAccounts, 1)
  })
  await run.step('ten orders at once are all issued', async () => {
    const orders = Array.from({ length: 10 }, (_, index) => `many-${index}`)
    const outcomes = await Promise.all(
      orders.map((name) => certificates.order(name, { issuer: 'open', names: [`${name}.example`] })),
    )
    assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['completed']))
    assert.equal(open.newAccounts, 1)
  })
}

async function checkDns({ run, certificates, names, hook, ...scene }: Scene): Promise<void> {
  const { open } = scene
  await run.step('a wildcard and its own name are issued by DNS-01', async () => {
    const wanted = ['*.wild.example', 'wild.example']
    const outcome = await certificates.order('wild', { issuer: 'open', names: wanted })
    assert.deepEqual(outcome, { status: 'completed', error: '' })
    await assertIssued({ certificates }, 'wild', open, wanted)
  })
  await run.step('the hook is called twice for each of them, with nothing but a PATH', async () => {
    const calls = hook.calls.map(({ args: [word, name] }) => `${word} ${name}`)
    const name = '_acme-challenge.wild.example'
    const each = [`present ${name}`, `cleanup ${name}`]
    assert.deepEqual(calls.toSorted(), [...each, ...each].toSorted())
    const variables = new Set(hook.calls.flatMap((call) => call.variables))
    assert.deepEqual([...variables].filter((one) => one !== '__CF_USER_TEXT_ENCODING'), ['PATH'])
    assert.deepEqual(await names.texts(name), [])
  })
  await run.step('a wildcard is refused where the policy asks for HTTP-01', async () => {
    const order = { issuer: 'open', names: ['*.wild.example'], challenge: 'http-01' }
    const { status, error } = await certificates.order('wild-by-http', order)
    assert.equal(status, 'failed')
    assert.match(error, /set cty in the issuer of the policy to dns-01/)
  })
}

async function checkRefusals({ run, certificates, names }: Scene): Promise<void> {
  await run.step('an order that fails says why, and the version before keeps working', async () => {
    const before = await certificates.current('site')
    // Nobody listens there.
    await names.lead('broken.example', ['127.0.0.2'])
    const order = { issuer: 'open', names: ['broken.example'] }
    const { status, error } = await certificates.order('site', order)
    assert.equal(status, 'failed')
    assert.match(error, /broken\.example could not be proved\. The ACME server says: .*\(connection\)/)
    assert.deepEqual(await certificates.current('site'), before)
  })
  await run.step('a directory that the operator has not listed is not called', async () => {
    const directory = 'https://localhost:14000/dir?other'
    await certificates.setIssuer('elsewhere', { directory })
    const order = { issuer: 'elsewhere', names: ['elsewhere.example'] }
    const { status, error } = await certificates.order('elsewhere', order)
    assert.equal(status, 'failed')
    assert.match(error, /CLAVIGER_ACME_DIRECTORIES/)
  })
}

async function checkExternalAccount({ run, certificates, bound }: Scene): Promise<void> {
  const { directory } = bound
  const order = { issuer: 'bound', names: ['customer.example'], renewAt: 50 }
  await run.step('an account of a customer is asked for in words', async () => {
    await certificates.setIssuer('bound', { directory })
    const { status, error } = await certificates.order('customer', order)
    assert.equal(status, 'failed')
    assert.match(error, /set account_id and pwd in the credentials of the issuer/)
  })
  await run.step('an account with a wrong key is refused, and the refusal is told', async () => {
    const password = Buffer.alloc(32, 1).toString('base64url')
    await certificates.setIssuer('bound', { directory, accountId: 'customer', password })
    const { status, error } = await certificates.order('customer', order)
    assert.equal(status, 'failed')
    assert.match(error, /The ACME server says: .*\(unauthorized\)/)
  })
  await run.step('an account is bound to that of a customer', async () => {
    await certificates.setIssuer('bound', { directory, accountId: 'customer', password: EXTERNAL_KEY })
    assert.deepEqual(await certificates.order('customer', order), { status: 'completed', error: '' })
    await assertIssued({ certificates }, 'customer', bound, order.names)
  })
}

/** A start makes the scheduler look at once at what is due. */
async function checkRestarts(scene: Scene): Promise<void> {
  const { run, server, hook, bound } = scene
  await run.step('a certificate is renewed by itself, with the same account', async () => {
    const before = await scene.certificates.current('customer')
    const accounts = bound.newAccounts
    await sleep((SHORT_LIFE_SECONDS / 2) * 1000)
    await restart(scene)
    for (const deadline = Date.now() + RENEWED_WITHIN_MS; ; await sleep(100)) {
      const { version } = await scene.certificates.current('customer')
      if (version !== before.version) break
      if (Date.now() > deadline) throw new Error('There is no new version.')
    }
    await assertIssued(scene, 'customer', bound, ['customer.example'])
    assert.equal(bound.newAccounts, accounts)
  })
  await run.step('an order that a stop interrupts begins again with the next start', async () => {
    const calls = hook.calls.length
    const words = (): readonly string[] => hook.calls.slice(calls).map(({ args: [word = ''] }) => word)
    hook.hold()
    await scene.certificates.create('late', {
      issuer: 'open', names: ['late.example'], challenge: 'dns-01',
    })
    for (const deadline = Date.now() + PRESENTED_WITHIN_MS; words().length === 0; await sleep(50)) {
      if (Date.now() > deadline) throw new Error('The hook is not called.')
    }
    await scene.server.stop()
    // Nothing was proved: the hook has not come to set its record.
    const before = words()
    assert.equal(before.filter((word) => word === 'present').length, 1)
    hook.release()
    await scene.server.startAgain()
    scene.certificates = await certificatesOf(scene.server)
    const outcome = await scene.certificates.untilEnded('late')
    assert.deepEqual(outcome, { status: 'completed', error: '' })
    assert.deepEqual(words().slice(before.length), ['present', 'cleanup'])
    assert.deepEqual(await scene.names.texts('_acme-challenge.late.example'), [])
  })
  await run.step('the server has told no error of its own', () => {
    const errors = server.started.log().split('\n').filter((line) => line.includes('"level":"error"'))
    assert.deepEqual(errors, [])
  })
}

async function restart(scene: Scene): Promise<void> {
  await scene.server.stop()
  await scene.server.startAgain()
  scene.certificates = await certificatesOf(scene.server)
}

/** The key and the chain of the current version are right, up to the root of the ACME server. */
async function assertIssued(
  { certificates }: Pick<Scene, 'certificates'>,
  name: string,
  pebble: Pebble,
  names: readonly string[],
): Promise<void> {
  const { pem } = await certificates.current(name)
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const chain = [...blocks, await pebble.root()].map((block) => new X509Certificate(block))
  const [leaf] = chain
  assert.ok(leaf !== undefined)
  assert.ok(leaf.checkPrivateKey(createPrivateKey(pem)), 'the key is that of the certificate')
  assert.ok(chain.length >= 3, 'those above come with it')
  for (const [index, issuer] of chain.slice(1).entries()) {
    assert.ok(chain[index]?.verify(issuer.publicKey), `certificate ${index} is signed by the next`)
  }
  const alternativeNames = leaf.subjectAltName?.split(', ').map((one) => one.replace('DNS:', ''))
  assert.deepEqual(alternativeNames?.toSorted(), [...names].toSorted())
}
