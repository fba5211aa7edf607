import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { fakeFetch } from '../testing/fake-fetch.ts'
import { ConnectionError, TimeoutError } from './errors.ts'
import { type Fetch, type HttpRequest, type OperationOptions, send } from './pipeline.ts'
import type { RetryOptions } from './retry.ts'

const request: HttpRequest = {
  method: 'GET',
  url: 'https://far.example/path?with=canary-value',
  headers: { authorization: 'Bearer canary-token' },
  isRepeatable: true,
}
const retryOptions: RetryOptions = { retryDelayInMs: 1 }

function ask(
  fetch: Fetch,
  changed: Partial<HttpRequest> = {},
  call: OperationOptions = {},
  options: RetryOptions = retryOptions,
): ReturnType<typeof send> {
  return send(() => ({ ...request, ...changed }), { fetch, retryOptions: options }, call)
}

const failed = (code: string, syscall?: string): Error =>
  Object.assign(new Error(), { code, ...(syscall && { syscall }) })
const status = (code: number, headers: Record<string, string> = {}): Response =>
  new Response(code === 204 ? null : 'text', { status: code, headers })

describe('a request', () => {
  it('is answered with its status, headers and octets', async () => {
    const { fetch } = fakeFetch(() => status(200, { 'x-ms-request-id': 'abc' }))
    const answer = await ask(fetch)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-ms-request-id'), 'abc')
    assert.deepEqual(answer.body, new TextEncoder().encode('text'))
  })

  it('follows no redirect, which could carry a token elsewhere', async () => {
    let redirect: string | undefined
    const answer = await ask(async (_, init) => {
      redirect = init.redirect
      return status(302, { location: 'https://elsewhere.example' })
    })
    assert.equal(answer.status, 302)
    assert.equal(redirect, 'manual')
  })

  for (const code of [408, 429, 500, 502, 503, 504]) {
    it(`that got ${code} is repeated when it may be done twice`, async () => {
      const { fetch, seen } = fakeFetch((_, number) => status(number < 3 ? code : 200))
      assert.equal((await ask(fetch)).status, 200)
      assert.equal(seen.length, 3)
    })
  }

  for (const [code, attempts] of [
    [429, 2],
    [503, 2],
    [408, 1],
    [500, 1],
    [502, 1],
    [504, 1],
  ] as const) {
    it(`that may not be done twice is sent ${attempts} times around a ${code}`, async () => {
      const { fetch, seen } = fakeFetch((_, number) => status(number === 1 ? code : 200))
      const answer = await ask(fetch, { method: 'POST', isRepeatable: false })
      assert.equal(seen.length, attempts)
      assert.equal(answer.status, attempts === 1 ? code : 200)
    })
  }

  it('is given up after so many repetitions, with the last answer', async () => {
    const { fetch, seen } = fakeFetch(() => status(503))
    assert.equal((await ask(fetch)).status, 503)
    assert.equal(seen.length, 4)
    await ask(fetch, {}, {}, { maxRetries: 0 })
    assert.equal(seen.length, 5)
  })

  it('is repeated for what its maker calls transient', async () => {
    const { fetch, seen } = fakeFetch((_, number) => status(number === 1 ? 400 : 200))
    const answer = await ask(fetch, { isTransient: ({ status }) => status === 400 })
    assert.equal(answer.status, 200)
    assert.equal(seen.length, 2)
  })

  it('is not repeated when the service asks for more patience than is allowed', async () => {
    const { fetch, seen } = fakeFetch(() => status(429, { 'retry-after': '3600' }))
    assert.equal((await ask(fetch)).status, 429)
    assert.equal(seen.length, 1)
  })

  it('is made anew for each attempt', async () => {
    const { fetch, seen } = fakeFetch((_, number) => status(number < 3 ? 503 : 200))
    let made = 0
    const next = (): HttpRequest => ({ ...request, headers: { nonce: String((made += 1)) } })
    await send(next, { fetch, retryOptions })
    assert.deepEqual(
      seen.map(({ headers }) => headers.get('nonce')),
      ['1', '2', '3'],
    )
  })

  it('is repeated after a broken connection only when it may be done twice', async () => {
    let attempts = 0
    const broken: Fetch = async () => {
      attempts += 1
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
      })
    }
    await assert.rejects(ask(broken), ConnectionError)
    assert.equal(attempts, 4)
    await assert.rejects(ask(broken, { isRepeatable: false }), (error: ConnectionError) => {
      assert.equal(error.code, 'ConnectionFailed')
      assert.match(error.message, /^far\.example could not be reached, or broke off: ECONNRESET\.$/)
      return true
    })
    assert.equal(attempts, 5)
  })

  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']) {
    it(`is repeated after ${code}, even when it may not be done twice: it never left`, async () => {
      const { fetch, seen } = fakeFetch((_, number) => {
        if (number > 2) return status(200)
        throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) })
      })
      const answer = await ask(fetch, { method: 'POST', isRepeatable: false })
      assert.equal(answer.status, 200)
      assert.equal(seen.length, 3)
    })
  }

  it('is repeated when none of several addresses was reached, or in no time', async () => {
    const failures = [
      new AggregateError([failed('ECONNREFUSED'), failed('ENETUNREACH', 'connect')]),
      failed('ETIMEDOUT', 'connect'),
      failed('EHOSTUNREACH', 'connect'),
    ]
    const { fetch, seen } = fakeFetch(() => {
      const failure = failures.pop()
      if (failure !== undefined) throw failure
      return status(200)
    })
    await ask(fetch, { method: 'POST', isRepeatable: false })
    assert.equal(seen.length, 4)
  })

  const late = {
    'a read that took too long': failed('ETIMEDOUT', 'read'),
    'a host that was lost': failed('EHOSTUNREACH', 'read'),
    'a network that was lost': failed('ENETUNREACH'),
    'several failures of a fetch of its own': new AggregateError([new Error('one')]),
    'several of which one was later': new AggregateError([
      failed('ECONNREFUSED', 'connect'),
      failed('ECONNRESET', 'read'),
    ]),
    'several that are none': new AggregateError([]),
  }
  for (const [what, failure] of Object.entries(late)) {
    it(`that may not be done twice is not repeated after ${what}`, async () => {
      const { fetch, seen } = fakeFetch(() => {
        throw failure
      })
      await assert.rejects(ask(fetch, { isRepeatable: false }), ConnectionError)
      assert.equal(seen.length, 1)
    })
  }

  it('is not sent when it is aborted while it is made, however long that would take', async () => {
    const reason = new Error('enough')
    const { fetch, seen } = fakeFetch(() => status(200))
    const made = new AbortController()
    const make = (): HttpRequest => {
      made.abort(reason)
      return request
    }
    await assert.rejects(send(make, { fetch }, { abortSignal: made.signal }), reason)
    const waiting = new AbortController()
    const never = (): Promise<HttpRequest> => {
      setTimeout(() => waiting.abort(reason))
      return new Promise(() => {})
    }
    await assert.rejects(send(never, { fetch }, { abortSignal: waiting.signal }), reason)
    assert.equal(seen.length, 0)
  })

  it('has nothing of what a runtime says about its headers in an error', async () => {
    const refusing: Fetch = async () => {
      throw new TypeError('Headers.append: "Bearer canary-token\n" is an invalid header value.')
    }
    await assert.rejects(ask(refusing, {}, {}, { maxRetries: 0 }), (error) => {
      assert.ok(error instanceof ConnectionError)
      assert.equal((error.cause as { readonly code?: string }).code, 'TypeError')
      assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
      return true
    })
  })

  it('takes whatever another library has in place of an AbortSignal', async () => {
    const { fetch, seen } = fakeFetch(() => status(200))
    const signal = { aborted: false, addEventListener() {}, removeEventListener() {} }
    assert.equal((await ask(fetch, {}, { abortSignal: signal })).status, 200)
    const aborted = { ...signal, aborted: true }
    await assert.rejects(ask(fetch, {}, { abortSignal: aborted }), { name: 'AbortError' })
    assert.equal(seen.length, 1)
  })

  it('ends with a TimeoutError that names the host alone', async () => {
    const never: Fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      })
    const asked = ask(never, {}, { timeoutMs: 5 }, { maxRetries: 0 })
    await assert.rejects(asked, (error: TimeoutError) => {
      assert.ok(error instanceof TimeoutError)
      assert.equal(error.message, 'far.example did not answer within 5 ms.')
      assert.equal(inspect(error).includes('canary'), false)
      return true
    })
  })

  it('rejects with the reason of an abort: before, within and between attempts', async () => {
    const reason = new Error('enough')
    const { fetch, seen } = fakeFetch(() => status(200))
    await assert.rejects(ask(fetch, {}, { abortSignal: AbortSignal.abort(reason) }), reason)
    assert.equal(seen.length, 0)

    const within = new AbortController()
    const hanging: Fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new Error('another')))
        within.abort(reason)
      })
    await assert.rejects(ask(hanging, {}, { abortSignal: within.signal }), reason)

    const between = new AbortController()
    const busy: Fetch = async () => {
      setImmediate(() => between.abort(reason))
      return status(503, { 'retry-after': '30' })
    }
    await assert.rejects(ask(busy, {}, { abortSignal: between.signal }), reason)
  })
})
