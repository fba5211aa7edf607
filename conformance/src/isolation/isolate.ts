import { availableParallelism } from 'node:os'
import { writeMachineHosts } from './machine-hosts.ts'
import { namespaceArguments } from './namespace.ts'

/** How a suite has names and ports of its own. */
export interface Isolation {
  /** What its command begins with, for a namespace to run in; nothing where there is none. */
  readonly command: readonly string[]
  /** How many suites run at a time. */
  readonly lanes: number
}

/** More servers and browsers at a time ask for more memory than machines of CI have. */
const MOST_LANES = 4

/**
 * A namespace for each suite; without one, the machine's own names and one suite at a time, once
 * its hosts file is written.
 * @throws Error that says what is missing when neither is possible.
 */
export function isolate(): Isolation {
  const namespace = namespaceArguments()
  if (namespace !== undefined) {
    // Suites wait for clients to start, for time to pass and for the disk: two fill a small machine.
    const lanes = Math.min(Math.max(availableParallelism(), 2), MOST_LANES)
    return { command: ['unshare', ...namespace, '--'], lanes }
  }
  if (process.env['CI'] === 'true' && process.getuid?.() === 0) {
    writeMachineHosts()
    return { command: [], lanes: 1 }
  }
  throw new Error(
    'The suites need names such as default.vault.localhost and the ports 443 and 8443 to ' +
      '8447 for themselves. Here unshare(1) is missing or may not make network and mount ' +
      'namespaces: install util-linux, allow user namespaces (sysctl ' +
      'kernel.unprivileged_userns_clone=1) or run as root. With CI=true root may also write ' +
      '/etc/hosts for the time of the run.',
  )
}
