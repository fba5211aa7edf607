import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Route } from 'playwright-core'
import { TestBrowser } from '../browser/browser.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { HttpsClient } from '../server/https-client.ts'
import type { TestServer } from '../server/test-server.ts'
import { withoutBeside } from './normalised.ts'

const PROGRAM = fileURLToPath(new URL('in-browser.ts', import.meta.url))
const PAGE = 'https://page.example/'

/** Results of the behaviours in Node, by what they are about, as another program has seen them. */
export type Expected = Readonly<Record<string, unknown>>

/** Our clients in Chromium: the same behaviours, by its own `fetch` and its own WebCrypto. */
export async function checkInBrowser(
  run: SuiteRun,
  server: TestServer,
  chromium: string,
  expected: Expected,
): Promise<void> {
  const browser = await TestBrowser.start(run, server, chromium)
  const { page } = await browser.visitor()
  const { AZURE_KEYVAULT_URL: url = '' } = server.variables('connect.env')
  const client = server.client()
  run.onEnd(() => client.close())
  // A page of its own, in a secure context; the vault lets pages of other hosts read nothing, so
  // its answers come by way of this process.
  await page.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.route(`${url}/**`, (route) => passOn(route, client))
  await page.goto(PAGE)
  await page.evaluate(await bundle())
  const token = await server.token()
  const seen = await page.evaluate(
    async (given) => {
      const { client } = globalThis as unknown as {
        readonly client: { readonly inBrowser: (given: object) => Promise<Expected> }
      }
      return client.inBrowser(given)
    },
    { url, token },
  )
  await run.step('in Chromium: every behaviour', () => {
    assert.deepEqual(Object.keys(expected).filter((what) => !(what in seen)), [])
  })
  // As the expectation came: in a list, what is undefined is null.
  const told = JSON.parse(JSON.stringify(seen)) as Expected
  for (const [what, actual] of Object.entries(told)) {
    await run.step(`in Chromium: ${what}`, () => {
      if (what in expected) {
        assert.deepEqual(withoutBeside(actual, expected[what]), expected[what])
      } else assert.equal(actual, true)
    })
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [PROGRAM],
    bundle: true,
    format: 'iife',
    globalName: 'client',
    platform: 'browser',
    conditions: ['claviger-source'],
    write: false,
  })
  return `${outputFiles[0]?.text ?? ''}\nglobalThis.client = client`
}

async function passOn(route: Route, client: HttpsClient): Promise<void> {
  const asked = route.request()
  const { pathname, search } = new URL(asked.url())
  const headers = await asked.allHeaders()
  const { authorization, 'content-type': type } = headers
  const text = asked.postData()
  const answer = await client.send(asked.method(), `${pathname}${search}`, {
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(text === null ? {} : { text }),
  })
  const { 'www-authenticate': challenge, 'x-ms-request-id': requestId } = answer.headers
  await route.fulfill({
    status: answer.status,
    body: answer.body,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'content-type': 'application/json',
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(requestId === undefined ? {} : { 'x-ms-request-id': [requestId].flat().join() }),
    },
  })
}
