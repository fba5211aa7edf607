import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { Secret } from '@claviger/vault'
import { setLogger } from 'acme-client'
import { calculateJwkThumbprint } from 'jose'
import { DIRECTORY } from './acme-server-under-test.ts'
import { driverUnderTest } from './driver-under-test.ts'

describe('an order', () => {
  test('is placed with the request of the vault, and its answer becomes the version', async () => {
    const { memory, server, order, place, http } = await driverUnderTest()
    const due = await order('web', ['web.example.com', 'www.example.com'])
    const { request } = await memory.vault.certificates.getOrder(memory.administrator, due)
    let csr: unknown
    server.intercept = ({ path, payload }) => {
      if (path.startsWith('/finalize/')) csr = payload?.['csr']
      return undefined
    }
    const { status } = await place(due)
    assert.equal(status, 'completed')
    assert.equal(csr, Buffer.from(request, 'base64').toString('base64url'))
    assert.deepEqual(server.orders, [['web.example.com', 'www.example.com']])
    const [key] = server.accounts.values()
    assert.ok(key)
    for (const { token, proof } of http.presented) {
      assert.equal(proof, `${token}.${await calculateJwkThumbprint(key)}`)
    }
    assert.deepEqual(http.presented.map(({ name }) => name), ['web.example.com', 'www.example.com'])
    assert.deepEqual(http.cleaned, http.presented)
  })

  test('of an issuer uses the account that was made with the first', async () => {
    const { server, order, place } = await driverUnderTest()
    await place(await order('one'))
    await place(await order('two'))
    assert.equal(server.accounts.size, 1)
    assert.equal(server.count('POST /account'), 1)
  })

  test('registers the key again that was kept before, when the account could not be', async () => {
    let fails = true
    const { memory, server, order, place } = await driverUnderTest({}, (orders) => ({
      ...orders,
      setAcmeAccount: async (call, input) => {
        if (fails && input.url !== undefined) throw new Error('the server was killed')
        await orders.setAcmeAccount(call, input)
      },
    }))
    const due = await order('one')
    const { status } = await place(due)
    assert.equal(status, 'inProgress')
    const { account } = await memory.vault.certificates.getOrder(memory.administrator, due)
    assert.ok(account)
    assert.equal(account.url, undefined)
    const keys = [...server.accounts.values()].map(({ x, y }) => [x, y])
    fails = false
    server.accounts.clear()
    assert.equal((await place(due)).status, 'completed')
    assert.deepEqual([...server.accounts.values()].map(({ x, y }) => [x, y]), keys)
    assert.equal(server.count('POST /account'), 2)
    await place(await order('two'))
    assert.equal(server.count('POST /account'), 2)
  })

  test('begins with a new account when the server has forgotten the one that is kept', async () => {
    const { server, order, place } = await driverUnderTest()
    await place(await order('one'))
    server.accounts.clear()
    const { status } = await place(await order('two'))
    assert.equal(status, 'completed')
    assert.equal(server.accounts.size, 1)
    await place(await order('three'))
    assert.equal(server.count('POST /account'), 2)
  })

  test('is one of four at a time; orders that begin together make one account', async () => {
    const { memory, server, order, driver, http } = await driverUnderTest()
    let running = 0
    let most = 0
    const four = Promise.withResolvers<void>()
    http.hold = async () => {
      most = Math.max(most, ++running)
      if (running === 4) four.resolve()
      await four.promise
      running--
    }
    const orders = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => order(name)))
    // Each is due again and again until it is done.
    for (const due of [...orders, ...orders]) driver.start(due)
    await driver.idle()
    assert.equal(most, 4)
    assert.equal(server.orders.length, 6)
    assert.equal(server.count('POST /account'), 1)
    for (const { certificate } of orders) {
      const pending = await memory.vault.certificates.getPending(memory.administrator, { certificate })
      assert.equal(pending.status, 'completed')
    }
  })

  test('binds its account with the key that the authority has given', async () => {
    const { memory, server, order, place } = await driverUnderTest()
    server.needsExternalAccount = true
    const missing = await place(await order('one'))
    assert.equal(missing.status, 'failed')
    assert.match(missing.error ?? '', /set account_id and pwd in the credentials of the issuer/)
    const update = (password: string): Promise<unknown> =>
      memory.vault.certificates.updateIssuer(memory.administrator, {
        issuer: { vault: 'default', name: 'le' },
        accountId: 'customer',
        password: new Secret(Buffer.from(password)),
      })
    await update('not base64url!')
    const wrong = await place(await order('two'))
    assert.match(wrong.error ?? '', /must be the HMAC key of the ACME server in base64url/)
    await update(Buffer.alloc(32, 7).toString('base64url'))
    assert.equal((await place(await order('three'))).status, 'completed')
    const [binding] = server.externalBindings
    assert.ok(typeof binding === 'object' && binding !== null && 'protected' in binding)
    const header = JSON.parse(Buffer.from(String(binding.protected), 'base64url').toString())
    assert.deepEqual(header, { alg: 'HS256', kid: 'customer', url: 'https://acme.example/account' })
  })
})

describe('what is asked', () => {
  test('is no more than is needed: one nonce, and no answer twice', async () => {
    const { server, order, place } = await driverUnderTest()
    await place(await order('web'))
    assert.deepEqual(server.asked, [
      'GET /dir',
      'HEAD /nonce',
      'POST /account',
      'POST /order',
      'POST /authz/0/web.example.com',
      'POST /chall/0/web.example.com',
      'POST /authz/0/web.example.com',
      'POST /order/0',
      'POST /finalize/0',
      'POST /order/0',
      'POST /cert/0',
    ])
  })

  test('for one order is never sent for another at the same time', async () => {
    const [one, two] = [await driverUnderTest(), await driverUnderTest()]
    const both = Promise.withResolvers<void>()
    let arrived = 0
    const meet = async (): Promise<void> => {
      if (++arrived === 2) both.resolve()
      await both.promise
    }
    one.http.hold = meet
    two.http.hold = meet
    const [first, second] = [await one.order('first'), await two.order('second')]
    const done = await Promise.all([one.place(first), two.place(second)])
    assert.deepEqual(done.map(({ status }) => status), ['completed', 'completed'])
    assert.deepEqual(one.server.orders, [['first.example.com']])
    assert.deepEqual(two.server.orders, [['second.example.com']])
  })
})

describe('how names are proved', () => {
  test('is by DNS for a wildcard, by HTTP else, and as the policy says', async () => {
    const { server, order, place, http, dns } = await driverUnderTest()
    await place(await order('plain'))
    assert.deepEqual([http.presented.length, dns.presented.length], [1, 0])
    await place(await order('wild', ['*.example.com', 'example.com']))
    assert.deepEqual(dns.presented.map(({ name }) => name), ['example.com', 'example.com'])
    await place(await order('chosen', ['chosen.example.com'], 'dns-01'))
    assert.equal(dns.presented.length, 3)
    assert.equal(http.presented.length, 1)
    // RFC 8555 §8.4: a record has the digest
    const [key] = server.accounts.values()
    assert.ok(key)
    const thumbprint = await calculateJwkThumbprint(key)
    for (const { token, proof } of dns.presented) {
      const digest = createHash('sha256').update(`${token}.${thumbprint}`).digest('base64url')
      assert.equal(proof, digest)
    }
  })

  test('is refused in words where it cannot be', async () => {
    const { order, place, server } = await driverUnderTest({ solvers: { http: undefined, dns: undefined } })
    const errors = [
      await place(await order('plain')),
      await place(await order('by-http', ['a.example.com'], 'http-01')),
      await place(await order('wild', ['*.example.com'], 'http-01')),
      await place(await order('odd', ['a.example.com'], 'tls-alpn-01')),
    ].map(({ status, error }) => `${status}: ${error}`)
    assert.match(errors[0] ?? '', /^failed: .* dns-01: CLAVIGER_ACME_DNS_HOOK names no program/)
    assert.match(errors[1] ?? '', /^failed: .* http-01: CLAVIGER_PKI_PORT is off/)
    assert.match(errors[2] ?? '', /^failed: .*\*\.example\.com can be proved by DNS alone/)
    assert.match(errors[3] ?? '', /^failed: .*must be http-01 or dns-01/)
    assert.deepEqual(server.asked, [])
  })

  test('is taken away again when a proof was not believed', async () => {
    const { server, order, place, http } = await driverUnderTest()
    server.verdict = (name) => ({
      status: name.startsWith('bad') ? 'invalid' : 'valid',
      identifier: { type: 'dns', value: name },
      challenges: [
        {
          type: 'http-01',
          error: { type: 'urn:ietf:params:acme:error:dns', detail: 'No address\u0007 found.' },
        },
      ],
    })
    const { status, error } = await place(await order('two', ['good.example.com', 'bad.example.com']))
    assert.equal(status, 'failed')
    assert.equal(
      error,
      'bad.example.com could not be proved. The ACME server says: No address found (dns).',
    )
    assert.equal(http.cleaned.length, 2)
  })

  test('concerns no name that was not ordered', async () => {
    const { server, order, place, http } = await driverUnderTest()
    server.intercept = ({ path }) =>
      path.startsWith('/authz/')
        ? Response.json({ status: 'pending', identifier: { value: 'victim.example' }, challenges: [] })
        : undefined
    const { error } = await place(await order('web'))
    assert.match(error ?? '', /a name that was not ordered/)
    assert.deepEqual(http.presented, [])
  })
})

describe('a server that goes wrong', () => {
  // Each with what the pending operation says, and whether it is tried again.
  const passing: Readonly<Record<string, readonly [() => Response, RegExp]>> = {
    'has too many requests': [
      () => Response.json(
        { type: 'urn:ietf:params:acme:error:rateLimited', detail: 'Slow down' },
        { status: 429 },
      ),
      /Slow down \(rateLimited\)/,
    ],
    'fails with a page': [
      () => new Response('<html>', { status: 502 }),
      /The ACME server says: status 502\./,
    ],
    'sends no object': [() => Response.json([1]), /what is no JSON object/],
    'sends an order without status': [() => Response.json({}), /an answer without status/],
  }
  for (const [what, [answer, sentence]] of Object.entries(passing)) {
    test(`${what} is asked again later`, async () => {
      const { server, order, place } = await driverUnderTest()
      server.intercept = ({ path }) => (path.startsWith('/order/') ? answer() : undefined)
      const { status, error } = await place(await order('web'))
      assert.equal(status, 'inProgress')
      assert.match(error ?? '', sentence)
      assert.equal(server.count('POST /order/0'), 1)
    })
  }

  test('has something else where its directory was is asked again later', async () => {
    for (const body of ['<html>', '{}', 'null', '"text"', '']) {
      const { server, order, place } = await driverUnderTest()
      server.answer = () => new Response(body)
      const { status, error } = await place(await order('web'))
      assert.equal(status, 'inProgress', body)
      assert.match(error ?? '', /^The ACME server has sent what was not understood: .+\.$/)
      assert.deepEqual(server.asked, ['GET /dir'])
    }
  })

  test('has an account but no URL for it, and is not asked for ever', async () => {
    for (const status of [200, 201]) {
      const { server, order, place } = await driverUnderTest()
      server.intercept = ({ path }) =>
        path === '/account' ? Response.json({ status: 'valid' }, { status }) : undefined
      const pending = await place(await order('web'))
      assert.equal(pending.status, 'inProgress')
      assert.match(pending.error ?? '', /No account URL found|does not come to an end/)
      assert.ok(server.asked.length <= 1_000)
    }
  })

  test('refuses the names, and the order fails with all it has said', async () => {
    const { server, order, place } = await driverUnderTest()
    server.intercept = ({ path }) =>
      path === '/order'
        ? Response.json(
            {
              type: 'urn:ietf:params:acme:error:rejectedIdentifier',
              detail: 'Some names are not welcome.',
              subproblems: [
                {
                  type: 'urn:ietf:params:acme:error:caa',
                  detail: 'CAA forbids it',
                  identifier: { type: 'dns', value: 'web.example.com' },
                },
              ],
            },
            { status: 403 },
          )
        : undefined
    const { status, error } = await place(await order('web'))
    assert.equal(status, 'failed')
    assert.equal(
      error,
      'The ACME server says: Some names are not welcome (rejectedIdentifier). ' +
        'web.example.com: CAA forbids it (caa).',
    )
  })

  test('refuses nonces at first, and is asked again at once', async () => {
    const { server, order, place } = await driverUnderTest()
    let refusals = 0
    server.intercept = ({ path }) =>
      path === '/order' && refusals++ < 4 ? server.problem('badNonce', 400) : undefined
    assert.equal((await place(await order('web'))).status, 'completed')
    server.intercept = () => server.problem('badNonce', 400)
    const { status, error } = await place(await order('other'))
    assert.equal(status, 'inProgress')
    assert.match(error ?? '', /badNonce/)
  })

  test('cannot be reached, and the host and the reason are told', async () => {
    const { server, order, place } = await driverUnderTest()
    server.answer = () => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      })
    }
    const { status, error } = await place(await order('web'))
    assert.equal(status, 'inProgress')
    assert.equal(
      error,
      'The ACME server acme.example cannot be reached: DEPTH_ZERO_SELF_SIGNED_CERT.',
    )
  })

  test('sends us elsewhere, in vain', async () => {
    const elsewhere: readonly (readonly [string, RegExp])[] = [
      ['http://169.254.169.254/latest', /a URL that is not of https/],
      ['file:///etc/passwd', /a URL that is not of https/],
    ]
    for (const [url, sentence] of elsewhere) {
      const { server, order, place } = await driverUnderTest()
      server.intercept = ({ path }) =>
        path === '/order'
          ? Response.json({ authorizations: [url] }, { status: 201, headers: { location: url } })
          : undefined
      const { status, error } = await place(await order('web'))
      assert.equal(status, 'failed')
      assert.match(error ?? '', sentence)
      assert.ok(!server.asked.some((one) => one.includes(url)))
    }
    const { server, order, place } = await driverUnderTest()
    server.answer = () => new Response(null, { status: 302, headers: { location: 'https://other.example/' } })
    const { error } = await place(await order('web'))
    assert.match(error ?? '', /status 302/)
    assert.deepEqual(server.asked, ['GET /dir'])
  })

  test('sends too much', async () => {
    const { server, order, place } = await driverUnderTest()
    server.answer = () => new Response(Buffer.alloc(2_000_000, 0x20))
    const { error } = await place(await order('web'))
    assert.match(error ?? '', /too large/)
  })

  test('sends no certificate, or one that is not for our key', async () => {
    for (const [body, sentence] of [
      ['nothing', /no chain of certificates/],
      ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', /no chain of certificates/],
    ] as const) {
      const { server, order, place } = await driverUnderTest()
      server.intercept = ({ path }) => (path.startsWith('/cert/') ? new Response(body) : undefined)
      const { error } = await place(await order('web'))
      assert.match(error ?? '', sentence)
    }
    const { server, order, place } = await driverUnderTest()
    server.intercept = ({ path }) =>
      path === '/cert/1' ? new Response(server.certificates.get('0')) : undefined
    assert.equal((await place(await order('one'))).status, 'completed')
    const { status, error } = await place(await order('two'))
    assert.equal(status, 'failed')
    assert.match(error ?? '', /^What the ACME server has issued cannot be used/)
  })
})

describe('an order that is not wanted any more, or not now', () => {
  test('is not placed at a server that is not listed', async () => {
    const { server, order, place } = await driverUnderTest({ directories: [`${DIRECTORY}/other`] })
    const { status, error } = await place(await order('web'))
    assert.equal(status, 'failed')
    assert.match(error ?? '', /https:\/\/acme\.example\/dir .* CLAVIGER_ACME_DIRECTORIES/)
    assert.deepEqual(server.asked, [])
  })

  test('fails when its issuer was deleted', async () => {
    const { memory, order, place } = await driverUnderTest()
    const due = await order('web')
    await memory.vault.certificates.deleteIssuer(memory.administrator, {
      issuer: { vault: 'default', name: 'le' },
    })
    const { status, error } = await place(due)
    assert.equal(status, 'failed')
    assert.match(error ?? '', /issuer of the policy is not there any more/)
  })

  test('that was cancelled or deleted meanwhile leaves nothing behind', async () => {
    const { memory, order, driver, http, logged } = await driverUnderTest()
    const { vault, administrator } = memory
    const due = await order('web')
    http.hold = async () => {
      await vault.certificates.cancelPending(administrator, { certificate: due.certificate })
    }
    driver.start(due)
    await driver.idle()
    const { status } = await vault.certificates.getPending(administrator, due)
    assert.equal(status, 'cancelled')
    assert.deepEqual(logged, [])
    assert.equal(http.cleaned.length, 1)
  })

  test('is given up when the server stops, cleaned up, and stays due', async () => {
    const { memory, server, order, driver, http } = await driverUnderTest()
    const due = await order('web')
    const begun = Promise.withResolvers<void>()
    http.hold = async (_challenge, signal) => {
      begun.resolve()
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    }
    driver.start(due)
    await begun.promise
    await driver.stop()
    assert.equal(http.cleaned.length, 1)
    const pending = await memory.vault.certificates.getPending(memory.administrator, due)
    assert.deepEqual([pending.status, pending.error], ['inProgress', undefined])
    driver.start(due)
    await driver.idle()
    assert.equal(server.orders.length, 1)
  })

  test('is given up in the middle of a request as well, and leaves nothing that runs', async () => {
    const { memory, server, order, driver } = await driverUnderTest()
    const due = await order('web')
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length
    const timersBefore = timers()
    const asked = Promise.withResolvers<void>()
    server.answer = async (url) => {
      if (!url.endsWith('/order')) return undefined
      asked.resolve()
      return await new Promise<never>(() => undefined)
    }
    driver.start(due)
    await asked.promise
    await driver.stop()
    const askedBefore = [...server.asked]
    const pending = await memory.vault.certificates.getPending(memory.administrator, due)
    assert.deepEqual([pending.status, pending.error], ['inProgress', undefined])
    assert.deepEqual(server.asked, askedBefore)
    assert.equal(timers(), timersBefore)
  })

  test('has an end when the server is never done', async () => {
    const { server, order, place } = await driverUnderTest({ limitMilliseconds: 50 })
    const never = new Promise<never>(() => undefined)
    server.answer = (url) => (url.endsWith('/order') ? never : undefined)
    const { status, error } = await place(await order('web'))
    assert.equal(status, 'inProgress')
    assert.equal(error, 'The ACME server was not done within ten minutes.')
  })

  test('stays due when what came of it cannot be written', async () => {
    const { memory, order, driver, logged } = await driverUnderTest()
    const due = await order('web')
    memory.failCommits()
    driver.start(due)
    await driver.idle()
    assert.match(logged.join(''), /stays due/)
  })
})

describe('what is kept and said', () => {
  test('holds no key: neither log nor audit nor the pending operation', async (context) => {
    const { memory, server, order, place, logged } = await driverUnderTest()
    // What the library says of itself, with DEBUG in the environment.
    const library: string[] = []
    setLogger((line) => library.push(line))
    context.after(() => setLogger(() => undefined))
    const hmac = createHash('sha256').update('canary').digest('base64url')
    await memory.vault.certificates.updateIssuer(memory.administrator, {
      issuer: { vault: 'default', name: 'le' },
      accountId: 'customer',
      password: new Secret(Buffer.from(hmac)),
    })
    const pending = await place(await order('web'))
    server.intercept = ({ path }) =>
      path === '/order' ? server.problem('malformed', 400, 'bad') : undefined
    const failed = await place(await order('bad'))
    const said = JSON.stringify([pending, failed, logged, library, await memory.audit()])
    assert.ok(library.length > 0)
    assert.ok(!said.includes(hmac))
    assert.ok(!/PRIVATE KEY/.test(said))
  })
})
