import { join } from 'node:path'
import type { Suite } from '../runner/suite.ts'
import { runConnectedPrograms } from './connected-programs.ts'

/** The official clients for Go, with what `claviger connect go` says. */
export const go: Suite = {
  name: 'go',
  what: "both clouds' clients for Go, unmodified, with only the lines of claviger connect sourced",
  budgetSeconds: 240,
  async run(run) {
    const { goPrograms } = run.machine
    if ('missing' in goPrograms) {
      run.notRun('the clients for Go', goPrograms.missing)
      return
    }
    const { path } = goPrograms
    await runConnectedPrograms(run, {
      language: 'go',
      azure: (flavour) => [join(path, 'azure'), flavour],
      alibaba: [join(path, 'alibaba')],
      showsAdfs: true,
    })
  },
}
