import type { Found } from '../machine/machine.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { TestServer } from '../server/test-server.ts'
import type { PortableProgram } from './bundle.ts'
import { inChromium } from './in-chromium.ts'
import { inProgram } from './in-programs.ts'
import { inWorkerd } from './in-workerd.ts'

/** What runs programs and is not Node. */
export interface OtherRuntime {
  readonly name: 'Chromium' | 'Deno' | 'Bun' | 'workerd'
  readonly found: Found
  readonly run: (path: string, program: PortableProgram) => Promise<unknown>
}

/** A browser, two runtimes of servers and one of edge workers, asking a server. */
export function otherRuntimes(run: SuiteRun, server: TestServer): readonly OtherRuntime[] {
  const { chromium, deno, bun, workerd } = run.machine
  return [
    {
      name: 'Chromium',
      found: chromium,
      run: (path, program) => inChromium(run, server, path, program),
    },
    {
      name: 'Deno',
      found: deno,
      run: (path, program) => inProgram(run, server, 'deno', path, program),
    },
    {
      name: 'Bun',
      found: bun,
      run: (path, program) => inProgram(run, server, 'bun', path, program),
    },
    {
      name: 'workerd',
      found: workerd,
      run: (path, program) => inWorkerd(run, server, path, program),
    },
  ]
}
