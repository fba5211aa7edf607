import assert from 'node:assert/strict'
import { Az } from '../az/az.ts'
import { equals } from '../az/expected-output.ts'
import { pointAtServer } from '../az/log-in.ts'
import { logInByBrowser, logInByDeviceCode } from '../browser/az-of-person.ts'
import { findBarriers, TestBrowser, type Visitor } from '../browser/browser.ts'
import { newPerson, type Person } from '../browser/person.ts'
import { type Language, signIn, typeCode, WORDS } from '../browser/sign-in-page.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'
import { checkAuthorizationCodes } from './authorization-codes.ts'
import { checkExternalPeople } from './external-people.ts'
import { checkJsPeople } from './js-people.ts'
import { checkPasskeys } from './passkeys.ts'

/** What the checks share. */
export interface Scene {
  readonly run: SuiteRun
  readonly server: TestServer
  readonly browser: TestBrowser
  readonly az: Az
  readonly person: Person
}

/** People at the pages of the login host. */
export const browser: Suite = {
  name: 'browser',
  what: 'people who sign in by Chromium: for az, with passwords, passkeys and codes of devices',
  budgetSeconds: 240,
  async run(run) {
    const { azPython, chromium } = run.machine
    for (const found of [azPython, chromium]) {
      if ('missing' in found) run.notRun('the pages where people sign in', found.missing)
    }
    if ('missing' in azPython || 'missing' in chromium) return
    const server = await TestServer.start(run)
    const person = await run.step('a user with a password is made', () =>
      newPerson(run, server, 'alice'),
    )
    if (person === undefined) return
    const az = new Az(run, server, azPython.path, 'person')
    await pointAtServer(az)
    const started = await TestBrowser.start(run, server, chromium.path)
    const scene = { run, server, az, person, browser: started }
    await checkBrowserLogIn(scene)
    await checkChinese(scene)
    await checkDeviceCodes(scene)
    await checkPasskeys(scene)
    await checkJsPeople(scene)
    await checkAuthorizationCodes(scene)
    await server.finish()
    await checkExternalPeople(run, azPython.path, chromium.path)
  },
}

/** `az login`, the page, a wrong password, the right one; then once more, already known. */
async function checkBrowserLogIn({ run, server, browser, az, person }: Scene): Promise<void> {
  const visitor = await browser.visitor()
  const { page } = visitor
  await run.step('az login sends a person to the page, which says what it is', async () => {
    const waiting = await logInByBrowser(az)
    await page.goto(waiting.url)
    assert.match(await page.title(), /^Sign in/)
    await browser.picture(visitor, 'sign-in')
    assert.deepEqual(await findBarriers(visitor), [])
    await signIn(page, { ...person, password: 'not-this-one' })
    await page.getByRole('alert').getByText(WORDS['en-US'].wrong).waitFor()
    await browser.picture(visitor, 'wrong-password')
    assert.deepEqual(await findBarriers(visitor), [])
    await signIn(page, person)
    await backAtProgram(page)
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
  })
  await az.gives(['account', 'show'], { user: { name: person.userName, type: 'user' } })
  // With the refresh token of the log-in: other services, each with a token of its own.
  await az.gives(['group', 'list'])
  await az.gives(['ad', 'signed-in-user', 'show'], { userPrincipalName: person.userName })
  const secret = ['--vault-name', 'default', '--name', 'of-a-person']
  await az.gives(['keyvault', 'secret', 'set', ...secret, '--value', server.canary])
  const show = ['keyvault', 'secret', 'show', ...secret, '--query', 'value']
  await az.gives(show, equals(server.canary))
  await run.step('who is signed in chooses the account, without a password', async () => {
    const waiting = await logInByBrowser(az)
    await page.goto(waiting.url)
    await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
    await browser.picture(visitor, 'choose-account')
    assert.deepEqual(await findBarriers(visitor), [])
    await page.getByRole('button', { name: /^Continue as/ }).click()
    await backAtProgram(page)
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
  })
}

async function backAtProgram(page: Visitor['page']): Promise<void> {
  await page.waitForURL(/^http:\/\/localhost:\d+/)
}

/** In the language that the browser asks for, without scripts, on a small screen in the dark. */
async function checkChinese({ run, browser, az, person }: Scene): Promise<void> {
  const language: Language = 'zh-CN'
  const options = { locale: language, scripts: false, isSmall: true, colorScheme: 'dark' } as const
  const visitor = await browser.visitor(options)
  const { page } = visitor
  await run.step('the page speaks Chinese to who does, and works without scripts', async () => {
    const waiting = await logInByBrowser(az)
    await page.goto(waiting.url)
    assert.match((await page.locator('html').getAttribute('lang')) ?? '', /^zh/)
    await browser.picture(visitor, 'sign-in-chinese-dark-small')
    await signIn(page, { ...person, password: 'not-this-one' }, language)
    await page.getByRole('alert').getByText(WORDS[language].wrong).waitFor()
    await signIn(page, person, language)
    // The way back is a form, which a script would send by itself.
    const button = page.getByRole('button', { name: '继续' })
    await button.or(page.getByText('Authentication complete')).first().waitFor()
    await button.click()
    await backAtProgram(page)
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
  })
  await run.step('the other language is a link away', async () => {
    const stranger = await browser.visitor({ locale: language })
    const waiting = await logInByBrowser(az)
    await stranger.page.goto(waiting.url)
    await stranger.page.getByRole('link', { name: 'English' }).click()
    await stranger.page.getByLabel(WORDS['en-US'].userName).waitFor()
    assert.deepEqual(await findBarriers(stranger), [])
    await signIn(stranger.page, person)
    await backAtProgram(stranger.page)
    assert.equal((await waiting.ended).code, 0)
  })
}

async function checkDeviceCodes({ run, browser, az, person }: Scene): Promise<void> {
  const words = WORDS['en-US']
  const visitor = await browser.visitor()
  const { page } = visitor
  const confirm = async (url: string, code: string): Promise<void> => {
    await page.goto(url)
    await typeCode(page, code)
    const confirmation = page.getByRole('button', { name: words.approve })
    const asked = page.getByLabel(words.userName)
    await confirmation.or(asked).first().waitFor()
    if (await asked.isVisible()) await signIn(page, person)
    await confirmation.waitFor()
  }
  await run.step('a code that is none is refused, and the page has no barriers', async () => {
    const waiting = await logInByDeviceCode(az)
    await page.goto(waiting.url)
    await browser.picture(visitor, 'device-code')
    assert.deepEqual(await findBarriers(visitor), [])
    await typeCode(page, 'BBBB-BBBB')
    await page.getByRole('alert').getByText(words.wrongCode).waitFor()
    await confirm(waiting.url, waiting.code)
    await browser.picture(visitor, 'device-confirmation')
    assert.deepEqual(await findBarriers(visitor), [])
    // It says who asks and from where, so that nobody approves what somebody else began.
    await page.getByText('Azure CLI').first().waitFor()
    await page.getByText('127.0.0.1').first().waitFor()
    await page.getByRole('button', { name: words.approve }).click()
    await page.getByText(words.approved).first().waitFor()
    const { code, errors } = await waiting.ended
    assert.equal(code, 0, errors)
    // A code is used once.
    await page.goto(waiting.url)
    await typeCode(page, waiting.code)
    await page.getByRole('alert').getByText(words.wrongCode).waitFor()
  })
  await az.gives(['group', 'list'])
  await run.step('who declines is asked no more, and az says so', async () => {
    const waiting = await logInByDeviceCode(az)
    await confirm(waiting.url, waiting.code)
    await page.getByRole('button', { name: words.decline }).click()
    await page.getByText(words.declined).first().waitFor()
    const { code, errors } = await waiting.ended
    assert.notEqual(code, 0)
    assert.match(errors, /declined|AADSTS70017|denied/i)
  })
}
