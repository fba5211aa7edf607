import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { RedirectReceiver } from '../browser/redirect-receiver.ts'
import { signIn } from '../browser/sign-in-page.ts'
import { admin } from '../server/admin.ts'
import { HttpsClient } from '../server/https-client.ts'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { caFile } from '../server/start-server.ts'
import { tenantOf } from '../server/tenant-of.ts'
import type { Scene } from './browser.ts'

/** That of az, which every server knows. */
const CLIENT = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'

interface Exchange {
  readonly code: string
  readonly verifier: string
  readonly redirect: string
}

/** Codes and refresh tokens by bare requests: what is replayed, stolen or made up buys nothing. */
export async function checkAuthorizationCodes(scene: Scene): Promise<void> {
  const { run, server } = scene
  const { place } = server
  const host = `login.${place.domain}`
  const ca = readFileSync(caFile(place), 'utf8')
  const client = new HttpsClient({ host, port: place.port, ca, connections: 1 })
  run.onEnd(() => client.close())
  const tenant = await tenantOf(server)
  const scope = `https://management.${place.domain}:${place.port}/.default openid offline_access`
  const asks = await authorizer(scene, `https://${host}:${place.port}/${tenant}`, scope)
  const redeem = async (form: Readonly<Record<string, string>>): Promise<JsonObject> => {
    const { body } = await client.send('POST', `/${tenant}/oauth2/v2.0/token`, {
      text: new URLSearchParams({ client_id: CLIENT, scope, ...form }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    return objectOf(JSON.parse(body))
  }
  const withCode = ({ code, verifier, redirect }: Exchange): Readonly<Record<string, string>> => ({
    grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect,
  })
  await run.step('a code with a wrong verifier, and one that was used, give no token', async () => {
    const stolen = await asks()
    refused(await redeem({ ...withCode(stolen), code_verifier: randomBytes(32).toString('hex') }),
      'invalid_grant', /AADSTS50148|AADSTS501481/)
    const own = await asks()
    const tokens = await redeem(withCode(own))
    server.plant('an access token', textOf(tokens, 'access_token').slice(-40))
    server.plant('a refresh token', textOf(tokens, 'refresh_token'))
    refused(await redeem(withCode(own)), 'invalid_grant', /AADSTS54005/)
    // What came of a code that somebody used twice is worth nothing either.
    const refresh = { grant_type: 'refresh_token', refresh_token: textOf(tokens, 'refresh_token') }
    refused(await redeem(refresh), 'invalid_grant', /AADSTS/)
  })
  await run.step('a refresh token gives another, and none once it was revoked', async () => {
    const first = textOf(await redeem(withCode(await asks())), 'refresh_token')
    const next = await redeem({ grant_type: 'refresh_token', refresh_token: first })
    const second = textOf(next, 'refresh_token')
    assert.notEqual(second, first)
    for (const one of [first, second]) server.plant('a refresh token', one)
    await admin(run, server, ['user', 'revoke-tokens', scene.person.id])
    for (const one of [first, second]) {
      const answer = await redeem({ grant_type: 'refresh_token', refresh_token: one })
      refused(answer, 'invalid_grant', /AADSTS/)
    }
  })
  await run.step('a redirect to an address that is not registered is not followed', async () => {
    const { page } = await scene.browser.visitor()
    const query = new URLSearchParams({
      client_id: CLIENT, response_type: 'code', redirect_uri: 'https://unknown.example/',
      scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256',
    })
    const authorize = `https://${host}:${place.port}/${tenant}/oauth2/v2.0/authorize`
    await page.goto(`${authorize}?${query.toString()}`)
    await page.getByText(/AADSTS50011/).first().waitFor()
    assert.equal(new URL(page.url()).hostname, host)
  })
}

/** Gives what asks for a code as a program does, with a person at the browser. */
async function authorizer(
  { run, browser, person }: Scene,
  authority: string,
  scope: string,
): Promise<() => Promise<Exchange>> {
  const receiver = await RedirectReceiver.start(run)
  return async () => {
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: receiver.uri,
      scope,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const { page, context } = await browser.visitor()
    const answer = receiver.next()
    await page.goto(`${authority}/oauth2/v2.0/authorize?${query.toString()}`)
    await signIn(page, person)
    const code = (await answer).get('code') ?? ''
    await context.close()
    return { code, verifier, redirect: receiver.uri }
  }
}

function refused(answer: JsonObject, error: string, said: RegExp): void {
  assert.equal(textOf(answer, 'error'), error, textOf(answer, 'error_description'))
  assert.match(textOf(answer, 'error_description'), said)
}
