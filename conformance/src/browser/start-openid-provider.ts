import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../machine/child.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import type { SuiteRun } from '../runner/suite-run.ts'

export interface OpenIdClient {
  readonly id: string
  readonly secret: string
  readonly redirect: string
}

const PROGRAM = fileURLToPath(new URL('openid-provider.ts', import.meta.url))
const WITHIN_MS = 15_000

/** Starts an OpenID Connect provider with one client, and gives its issuer. */
export async function startOpenIdProvider(run: SuiteRun, client: OpenIdClient): Promise<string> {
  const child = startChild(run.machine.runtime, [PROGRAM], {
    cwd: run.folder,
    env: {
      ...cleanEnvironment(run.folder),
      CLIENT_ID: client.id,
      CLIENT_SECRET: client.secret,
      REDIRECT_URI: client.redirect,
    },
  })
  run.onEnd(() => child.kill())
  for (const deadline = Date.now() + WITHIN_MS; ; await sleep(50)) {
    const [, issuer] = /^issuer: (\S+)$/m.exec(child.output()) ?? []
    if (issuer !== undefined) return issuer
    if (Date.now() > deadline) throw new Error(child.output() + child.errors())
  }
}
