import assert from 'node:assert/strict'
import { logInByBrowser } from '../browser/az-of-person.ts'
import { addAuthenticator, findBarriers, type Visitor } from '../browser/browser.ts'
import { signIn } from '../browser/sign-in-page.ts'
import type { Scene } from './browser.ts'

/** Where people see what they sign in with. */
const ACCOUNT = '/account'

/** A passkey is added after a sign-in by password, signs in alone, and is taken away. */
export async function checkPasskeys(scene: Scene): Promise<void> {
  const { run, server, browser, az, person } = scene
  const { domain, port } = server.place
  const account = `https://login.${domain}:${port}${ACCOUNT}`
  const visitor = await browser.visitor()
  const { page } = visitor
  await addAuthenticator(visitor)
  await run.step('a passkey is added to an account', async () => {
    await page.goto(account)
    await signIn(page, person)
    await page.getByRole('heading', { name: 'Passkeys' }).waitFor()
    await browser.picture(visitor, 'account')
    assert.deepEqual(await findBarriers(visitor), [])
    await page.getByLabel('Name of the new passkey').fill('this laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('button', { name: 'Remove this laptop' }).waitFor()
    await browser.picture(visitor, 'account-with-passkey')
  })
  await run.step('who signs out is asked again', async () => {
    await page.goto(account)
    await signOut(page)
    await page.goto(account)
    await page.getByLabel('User name').waitFor()
  })
  await run.step('the passkey signs in, for az, without a password', async () => {
    const waiting = await logInByBrowser(az)
    await page.goto(waiting.url)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(/^http:\/\/localhost:\d+/)
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
  })
  await az.gives(['account', 'show'], { user: { name: person.userName, type: 'user' } })
  await run.step('a passkey that was removed signs nobody in', async () => {
    await page.goto(account)
    await page.getByRole('button', { name: 'Remove this laptop' }).click()
    await page.getByText('The passkey was removed.').first().waitFor()
    await signOut(page)
    await page.goto(account)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByRole('alert').waitFor()
  })
}

async function signOut(page: Visitor['page']): Promise<void> {
  await page.getByRole('link', { name: 'Sign out' }).click()
  // A link alone signs nobody out: others could have made it.
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
}
