import { readFileSync } from 'node:fs'
import { nodePlatform } from '@claviger/client/node'
import type { Route } from 'playwright-core'
import { TestBrowser } from '../browser/browser.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'
import { bundle, type PortableProgram } from './bundle.ts'

const PAGE = 'https://page.example/'

/** What a program sees in a page of Chromium, by its own `fetch` and its own WebCrypto. */
export async function inChromium(
  run: SuiteRun,
  server: TestServer,
  path: string,
  program: PortableProgram,
): Promise<unknown> {
  const browser = await TestBrowser.start(run, server, path)
  const { page } = await browser.visitor()
  const fetch = nodePlatform.fetchWith({ ca: readFileSync(caFile(server.place), 'utf8') })
  // A page of its own, in a secure context; the server lets pages of other hosts read nothing, so
  // its answers come by way of this process.
  await page.route('**', (route) => passOn(route, fetch))
  await page.route(PAGE, (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await page.goto(PAGE)
  const code = await bundle(program, 'Object.assign(globalThis, { seen })')
  // Its names are its own, as in a module.
  await page.evaluate(`(() => {\n${code}\n})()`)
  return page.evaluate(
    (told) =>
      (globalThis as unknown as { readonly seen: (given: object) => Promise<unknown> }).seen(told),
    program.given,
  )
}

/** As the browser has it sent, and back: where a page may not read on, it does here. */
async function passOn(
  route: Route,
  fetch: ReturnType<typeof nodePlatform.fetchWith>,
): Promise<void> {
  const asked = route.request()
  const allowed = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }
  const body = asked.postDataBuffer()
  const answer = await fetch(asked.url(), {
    method: asked.method(),
    headers: await asked.allHeaders(),
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  })
  await route.fulfill({
    status: answer.status,
    headers: { ...Object.fromEntries(answer.headers), ...allowed },
    body: Buffer.from(await answer.arrayBuffer()),
  })
}
