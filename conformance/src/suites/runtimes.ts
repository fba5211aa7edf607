import { compileProgram } from '../packed/compile-program.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import { writeConnectLines } from '../server/connect-lines.ts'
import { ALIBABA, IDENTITY, picked } from '../server/picked-variables.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'

/** The installed client, compiled, on what is neither Node nor a browser. */
export const runtimes: Suite = {
  name: 'runtimes',
  what: 'a program with the installed client on Deno and on Bun',
  budgetSeconds: 120,
  async run(run) {
    const { packed, deno, bun } = run.machine
    if ('missing' in packed) {
      run.notRun('our packages from their tarballs', packed.missing)
      return
    }
    const program = await compileProgram(packed.path)
    const server = await TestServer.start(run)
    const told = picked(server, 'connect.env', [...IDENTITY, ...ALIBABA])
    // No file, no program and no other machine than the vault's concern it.
    const rights = ['--allow-env', '--allow-net', '--no-prompt', '--cached-only']
    const ways = [
      { name: 'Deno', runtime: deno, options: ['run', ...rights] },
      { name: 'Bun', runtime: bun, options: ['run', '--no-install'] },
    ] as const
    for (const { name, runtime, options } of ways) {
      if ('missing' in runtime) {
        run.notRun(`the client on ${name}`, runtime.missing)
        continue
      }
      const result = await runClient(run, [runtime.path, ...options, program], {
        sourced: [await writeConnectLines(run, server, name.toLowerCase())],
        variables: { ...told, OBJECT_NAME: `on-${name}`, SECRET_VALUE: server.canary },
      })
      countChecks(run, `on ${name}`, result)
    }
  },
}
