import { createHash, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'

/** Milliseconds after which something that a page should show is missed. */
const LIMIT_MS = 15_000

/** A person's browser, as far as a server can tell them apart. */
export interface Visitor {
  readonly page: Page
  readonly context: BrowserContext
}

export interface VisitorOptions {
  readonly locale?: 'en-US' | 'zh-CN'
  /** Off for the page that has to work without scripts. */
  readonly scripts?: boolean
  readonly colorScheme?: 'dark' | 'light'
  readonly isSmall?: boolean
}

/** Chromium, which trusts the server's own authority as its owner would have it do. */
export class TestBrowser {
  readonly #browser: Browser
  readonly #run: SuiteRun

  static async start(run: SuiteRun, server: TestServer, program: string): Promise<TestBrowser> {
    const authority = new X509Certificate(readFileSync(caFile(server.place), 'utf8'))
    const key = authority.publicKey.export({ type: 'spki', format: 'der' })
    const hash = createHash('sha256').update(key).digest('base64')
    const browser = await chromium.launch({
      executablePath: program,
      env: cleanEnvironment(run.folder),
      args: [
        // Who runs the suites is root in a namespace of its own, where there is nothing to fear.
        '--no-sandbox',
        // One root more, and otherwise as strict as ever: passkeys want a certificate in order.
        `--ignore-certificate-errors-spki-list=${hash}`,
      ],
    })
    run.onEnd(() => browser.close())
    return new TestBrowser(run, browser)
  }

  private constructor(run: SuiteRun, browser: Browser) {
    this.#run = run
    this.#browser = browser
  }

  /** Somebody who has not been here before. */
  async visitor(options: VisitorOptions = {}): Promise<Visitor> {
    const { locale = 'en-US', scripts = true, colorScheme = 'light', isSmall = false } = options
    const context = await this.#browser.newContext({
      locale,
      colorScheme,
      javaScriptEnabled: scripts,
      viewport: isSmall ? { width: 360, height: 640 } : { width: 1024, height: 768 },
    })
    context.setDefaultTimeout(LIMIT_MS)
    return { page: await context.newPage(), context }
  }

  /**
   * Keeps a picture of a page, where CLAVIGER_SCREENSHOTS_DIR says; somebody has to look at it, so
   * that it is no check.
   */
  async picture({ page }: Visitor, name: string): Promise<void> {
    const folder = process.env['CLAVIGER_SCREENSHOTS_DIR'] ?? this.#run.folder
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  }
}

/** An authenticator for passkeys, as a telephone or a laptop has one. */
export async function addAuthenticator({ context, page }: Visitor): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** What axe finds wrong with how a page serves people with disabilities, by its rules' names. */
export async function findBarriers({ page }: Visitor): Promise<readonly string[]> {
  const require = createRequire(import.meta.url)
  // Through the debugger, because the page lets no foreign script in.
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const found: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ' +
      "`${id}: ${nodes.map(({ html }) => html).join(' ')}`))",
  )
  return Array.isArray(found) ? found.map(String) : ['axe gave no list']
}
