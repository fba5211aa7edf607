import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'
import { curl, type CurlAnswer, expectStatus } from './curl.ts'
import { checkTls } from './tls-handshakes.ts'
import { checkVectors } from './wire-vectors.ts'

/** What no SDK shows: the raw requests and handshakes that other clients make. */
export const wire: Suite = {
  name: 'wire',
  what: 'raw HTTPS: challenge, odd paths, hosts, tunnelling, TLS versions; published vectors',
  budgetSeconds: 180,
  async run(run) {
    const server = await TestServer.start(run)
    await checkTls(run, server)
    await checkVectors(run, server)
    if ('missing' in run.machine.curl) {
      run.notRun('raw requests', run.machine.curl.missing)
      return
    }
    await checkRequests(run, server)
  },
}

async function checkRequests(run: SuiteRun, server: TestServer): Promise<void> {
  const base = `https://default.vault.localhost:${server.place.port}`
  const token = await server.token()
  const authorization = `Authorization: Bearer ${token}`
  const authorized = ['-H', authorization, '-H', 'Content-Type: application/json']
  const ask = (url: string, ...args: string[]): Promise<CurlAnswer> => curl(run, server, url, args)
  const signedIn = (url: string, ...args: string[]): Promise<CurlAnswer> =>
    ask(url, ...authorized, ...args)
  const value = JSON.stringify({ value: server.canary })

  const one = `${base}/secrets/one?api-version=7.4`

  await run.step('without a token comes a challenge with quoted values and ", "', async () => {
    const { headers } = expectStatus(await ask(one, '-X', 'PUT'), 401)
    const challenge = (headers['www-authenticate'] ?? '').replace(/[0-9a-f-]{36}/, 'TENANT')
    const expected =
      'Bearer authorization="https://login.localhost:8443/TENANT", ' +
      'resource="https://vault.localhost:8443"'
    if (!challenge.startsWith(expected)) throw new Error(`The challenge is ${challenge}.`)
  })
  await run.step('a secret is set and read back', async () => {
    expectStatus(await signedIn(one, '-X', 'PUT', '-d', value), 200)
    const { body } = expectStatus(await signedIn(one), 200)
    if (!body.includes(server.canary)) throw new Error(body)
  })
  const same: Readonly<Record<string, string>> = {
    'a trailing slash': '/secrets/one/?api-version=7.4',
    'api%2Dversion': '/secrets/one?api%2Dversion=2025-07-01',
    'a doubled slash': '//secrets/one?api-version=7.4',
    'words in upper case': '/SECRETS/ONE?api-version=7.4',
    'a preview version': '/secrets/one?api-version=7.6-preview.2',
  }
  for (const [what, path] of Object.entries(same)) {
    await run.step(`${what} reaches the same secret`, async () => {
      const { body } = expectStatus(await signedIn(base + path), 200)
      if (!body.includes(server.canary)) throw new Error(body)
    })
  }
  for (const header of ['X-HTTP-REQUEST', 'X-HTTP-METHOD']) {
    await run.step(`POST with ${header}: GET is a GET`, async () => {
      expectStatus(await signedIn(one, '-X', 'POST', '-H', `${header}: GET`), 200)
    })
  }
  await run.step('localhost and 127.0.0.1 reach the vault `default`', async () => {
    for (const host of ['localhost', '127.0.0.1']) {
      const url = `https://${host}:${server.place.port}/secrets?api-version=7.4`
      expectStatus(await ask(url), 401)
    }
  })
  await run.step('an unknown Host and an unknown vault are refused', async () => {
    const url = `https://localhost:${server.place.port}/secrets?api-version=7.4`
    for (const host of ['unknown.example', 'missing.vault.localhost:8443']) {
      const { status } = await ask(url, '-H', `Host: ${host}`)
      if (status < 400 || status >= 500 || status === 401) throw new Error(`${host}: ${status}`)
    }
  })
  const wrong: Readonly<Record<string, readonly [number, string, ...string[]]>> = {
    'no api-version': [400, '/secrets/one'],
    'an unknown api-version': [400, '/secrets/one?api-version=1.0'],
    'a body that is no JSON': [400, '/secrets/one?api-version=7.4', '-X', 'PUT', '-d', '{"value":'],
    'a bad percent escape': [400, '/secrets/%zz?api-version=7.4'],
    'an unknown route': [404, '/nothing?api-version=7.4'],
    'a method nobody knows': [405, '/secrets/one?api-version=7.4', '-X', 'DELETEALL'],
  }
  for (const [what, [status, path, ...args]] of Object.entries(wrong)) {
    await run.step(`${what} is refused with a code and a sentence`, async () => {
      const answer = await signedIn(base + path, ...args)
      // Which status the service has for a method it does not know is not written down anywhere.
      if (status === 405) expectRefusal(answer)
      else expectStatus(answer, status)
      if (!/"code":"\w+".*"message":"[^"]/.test(answer.body)) throw new Error(answer.body)
    })
  }
  await run.step('after all that the server still answers', async () => {
    expectStatus(await signedIn(one), 200)
  })
}

function expectRefusal(answer: CurlAnswer): void {
  if (answer.status >= 400 && answer.status < 500) return
  throw new Error(`The answer is ${answer.status}: ${answer.body}`)
}
