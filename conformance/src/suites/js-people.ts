import { signIn, typeCode } from '../browser/sign-in-page.ts'
import { startForBrowser, startForCode, type WaitingProgram } from '../browser/waiting-program.ts'
import { programPath } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import { tenantOf } from '../server/tenant-of.ts'
import type { Scene } from './browser.ts'

/** The official library for JavaScript, in programs that a person signs in to. */
export async function checkJsPeople(scene: Scene): Promise<void> {
  const { run, server, browser, person } = scene
  const { domain, port } = server.place
  const tenant = await tenantOf(server)
  const command = [run.machine.runtime, programPath('people')]
  const options = (way: string) => ({
    sourced: [server.file('connect.env')],
    variables: {
      WAY: way,
      TENANT: tenant,
      AUTHORITY: `https://login.${domain}:${port}`,
      CANARY: server.canary,
    },
  })
  const { page } = await browser.visitor()
  const finish = async (who: string, waiting: WaitingProgram | undefined): Promise<void> => {
    if (waiting !== undefined) countChecks(run, who, await waiting.ended)
  }
  const byBrowser = await run.step('a program of JavaScript opens the browser', async () => {
    const waiting = await startForBrowser(run, command, options('browser'))
    await page.goto(waiting.url)
    await signIn(page, person)
    await page.waitForURL(/^http:\/\/localhost:\d+/)
    return waiting
  })
  await finish('InteractiveBrowserCredential', byBrowser)
  const byCode = await run.step('a program of JavaScript shows a person a code', async () => {
    const waiting = await startForCode(run, command, options('device'), /person: (\S+) (\S+)/)
    await page.goto(waiting.url)
    await typeCode(page, waiting.code)
    await page.getByRole('button', { name: 'Yes, sign in' }).click()
    await page.getByText('You are signed in on your device').first().waitFor()
    return waiting
  })
  await finish('DeviceCodeCredential', byCode)
}
