import { classPath } from '../machine/prepare-java.ts'
import type { Suite } from '../runner/suite.ts'
import { runConnectedPrograms } from './connected-programs.ts'

/** The official clients for Java, with what `claviger connect java` says. */
export const java: Suite = {
  name: 'java',
  what: "both clouds' clients for Java, unmodified, with only the lines of claviger connect sourced",
  budgetSeconds: 240,
  async run(run) {
    const { java: runtime, javaPrograms } = run.machine
    if ('missing' in runtime || 'missing' in javaPrograms) {
      const { missing } = 'missing' in runtime ? runtime : { missing: '', ...javaPrograms }
      run.notRun('the clients for Java', missing)
      return
    }
    // What runs some seconds is over before the second compiler has paid for itself.
    const quickly = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
    const program = [runtime.path, ...quickly, '-cp', classPath(javaPrograms.path)]
    await runConnectedPrograms(run, {
      language: 'java',
      azure: (flavour) => [...program, 'Azure', flavour],
      alibaba: [...program, 'Alibaba'],
      showsAdfs: false,
    })
  },
}
