import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { searchPath } from '../machine/find-program.ts'
import { writeMachineHosts } from './machine-hosts.ts'
import { namespaceArguments } from './namespace.ts'

/** Runs this program again in a namespace of its own and gives the exit code. */
export type Rerun = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>

/**
 * How the suites get names and ports of their own: a namespace to run again in, `here` once the
 * machine's hosts file is written.
 * @throws Error that says what is missing when neither is possible.
 */
export function isolate(): Rerun | 'here' {
  const namespace = namespaceArguments()
  if (namespace !== undefined) return (args, env) => rerun(namespace, args, env)
  if (process.env['CI'] === 'true' && process.getuid?.() === 0) {
    writeMachineHosts()
    return 'here'
  }
  throw new Error(
    'The suites need names such as default.vault.localhost and the ports 443 and 8443 to ' +
      '8447 for themselves. Here unshare(1) is missing or may not make network and mount ' +
      'namespaces: install util-linux, allow user namespaces (sysctl ' +
      'kernel.unprivileged_userns_clone=1) or run as root. With CI=true root may also write ' +
      '/etc/hosts for the time of the run.',
  )
}

async function rerun(
  namespace: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  // Types are stripped for the users' Node by a function that warns of being young.
  const quiet = '--disable-warning=ExperimentalWarning'
  const command = [process.execPath, quiet, ...process.execArgv, ...args]
  const child = spawn('unshare', [...namespace, '--', ...command], {
    env: { ...env, PATH: searchPath().join(':') },
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to both; a signal to this process alone has to be handed on.
  const handOn = (signal: NodeJS.Signals): void => void child.kill(signal)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, handOn)
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}
