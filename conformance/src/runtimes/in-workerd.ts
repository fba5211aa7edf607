import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { startChild } from '../machine/child.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'
import { bundle, type PortableProgram } from './bundle.ts'

const PORT = 8450
const STARTS_WITHIN = 20_000

const AROUND = `
export default {
  fetch: async (request) => Response.json(await seen(await request.json())),
}
`

/**
 * All that the worker may reach is this machine, by the certificates in a file. Of this date a
 * worker has a `process` that looks like Node's, which the client must not take it for.
 */
const CONFIGURATION = `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "program", worker = .program),
    (
      name = "internet",
      network = (
        allow = ["local"],
        tlsOptions = (trustedCertificates = [embed "ca.pem"]),
      ),
    ),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${PORT}", http = (), service = "program")],
);

const program :Workerd.Worker = (
  modules = [(name = "program", esModule = embed "program.mjs")],
  compatibilityDate = "2026-11-01",
);
`

/** What a program sees as an edge worker. @throws Error when it does not answer. */
export async function inWorkerd(
  run: SuiteRun,
  server: TestServer,
  path: string,
  program: PortableProgram,
): Promise<unknown> {
  const directory = join(run.folder, 'portable-workerd')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'program.mjs'), await bundle(program, AROUND))
  writeFileSync(join(directory, 'worker.capnp'), CONFIGURATION)
  copyFileSync(caFile(server.place), join(directory, 'ca.pem'))
  const env = cleanEnvironment(directory)
  const worker = startChild(path, ['serve', 'worker.capnp'], { cwd: directory, env })
  run.onEnd(() => worker.kill())
  try {
    const answer = await untilListening(() =>
      fetch(`http://127.0.0.1:${PORT}/`, { method: 'POST', body: JSON.stringify(program.given) }),
    )
    if (answer.ok) return (await answer.json()) as unknown
    throw new Error(`It answered ${answer.status}: ${await answer.text()}`)
  } catch (error) {
    throw new Error(`${String(error)}\n${worker.errors().slice(-800)}`, { cause: error })
  } finally {
    worker.kill()
    await worker.ended
  }
}

/** Asks again while nobody listens. @throws Error when nobody does in time. */
async function untilListening(ask: () => Promise<Response>): Promise<Response> {
  const end = Date.now() + STARTS_WITHIN
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const { code } = Object((error as Error).cause) as { readonly code?: string }
      if (code !== 'ECONNREFUSED' || Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
