import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Az } from '../az/az.ts'
import { pointAtServer } from '../az/log-in.ts'
import { logInByBrowser } from '../browser/az-of-person.ts'
import { TestBrowser } from '../browser/browser.ts'
import { startOpenIdProvider } from '../browser/start-openid-provider.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'

/** Sign-in handed to another OpenID Connect provider; a browser holds pages to their policies. */
export async function checkExternalPeople(
  run: SuiteRun,
  python: string,
  chromium: string,
): Promise<void> {
  const client = {
    id: 'claviger',
    secret: randomBytes(24).toString('hex'),
    redirect: 'https://login.localhost:8443/federated/callback',
  }
  const issuer = await startOpenIdProvider(run, client)
  const file = join(run.folder, 'openid-secret')
  writeFileSync(file, client.secret, { mode: 0o600 })
  const server = await TestServer.start(run, {
    settings: {
      CLAVIGER_OIDC_ISSUER: issuer,
      CLAVIGER_OIDC_CLIENT_ID: client.id,
      CLAVIGER_OIDC_CLIENT_SECRET_FILE: file,
      CLAVIGER_OIDC_NEW_USERS: 'on',
    },
  })
  server.plant('the client secret at the provider', client.secret)
  const az = new Az(run, server, python, 'external')
  await pointAtServer(az)
  const browser = await TestBrowser.start(run, server, chromium)
  const visitor = await browser.visitor()
  const { page } = visitor
  await run.step('somebody of another provider signs in for az', async () => {
    // Who is new here may do nothing, and sees no subscription.
    const waiting = await logInByBrowser(az, ['--allow-no-subscriptions'])
    await page.goto(waiting.url)
    await browser.picture(visitor, 'sign-in-with-provider')
    await page.getByRole('button', { name: 'Sign in with your organisation' }).click()
    await page.waitForURL((url) => url.origin === issuer)
    await page.locator('input[name=login]').fill('grace')
    await page.locator('input[name=password]').fill('anything')
    await page.locator('button[type=submit]').click()
    // It asks whether this server may know who signs in.
    await page.locator('input[name=prompt][value=consent]').waitFor({ state: 'attached' })
    await page.locator('button[type=submit]').click()
    await page.waitForURL(/^http:\/\/localhost:\d+/)
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
  })
  await az.gives(['ad', 'signed-in-user', 'show'], { userPrincipalName: 'grace@example.org' })
  await az.refuses(['ad', 'user', 'list'], /Authorization_RequestDenied|Insufficient privileges/)
}
