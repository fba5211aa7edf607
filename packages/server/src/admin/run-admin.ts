import { Fault } from '@claviger/vault'
import { CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { renderFault } from '../doors/admin/faults.ts'
import { speaking } from '../language/messages.ts'
import type { AdminSurroundings } from './admin-context.ts'
import { AdminError, EXIT, type ExitCode } from './admin-error.ts'
import { parseProblem } from './help.ts'
import { adminProgram } from './program.ts'

/** Runs the admin command; gives the exit code. Results go to `out`, all else to `err`. */
export async function runAdmin(
  argv: readonly string[],
  surroundings: AdminSurroundings,
): Promise<ExitCode> {
  try {
    await adminProgram(surroundings).parseAsync([...argv], { from: 'user' })
    return EXIT.done
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return EXIT.done
      // A group alone has shown its help.
      if (thrown.code !== 'commander.help') {
        surroundings.err(`${parseProblem(thrown, speaking(surroundings.language))}\n`)
      }
      return EXIT.usage
    }
    const { message, exitCode } = explained(thrown)
    surroundings.err(`${message}\n`)
    return exitCode
  }
}

function explained(thrown: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (thrown instanceof AdminError) return thrown
  if (thrown instanceof ConfigError) return { message: thrown.message, exitCode: EXIT.usage }
  if (thrown instanceof Fault) {
    return { message: renderFault(thrown).message, exitCode: EXIT.refused }
  }
  // A message of the system quotes a path at most; of anything else none is shown.
  const isSystem = thrown instanceof Error && 'syscall' in thrown
  const defect = `The command failed (${nameOf(thrown)}); this is a defect.`
  const message = isSystem ? thrown.message : defect
  return { message, exitCode: EXIT.refused }
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown
}
