import { CommanderError } from 'commander'
import { Ended } from './ended.ts'
import { explained } from './explained.ts'
import { EXIT } from './exit-codes.ts'
import { parseProblem } from './help.ts'
import { languageOf, speaking } from './language/messages.ts'
import { visibleLines } from './output/visible.ts'
import { cliProgram } from './program.ts'
import { PRODUCT_VERSION } from './product-version.ts'
import { wordsApart } from './server/words-apart.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs a command line; gives the exit code. Results go to `out`, all else to `err`. */
export async function runCli(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const say = speaking(languageOf(argv, surroundings.environment))
  // Not an option of the library: `--version` is that of an object, everywhere else.
  if (argv[0] === '--version') {
    surroundings.out(`${PRODUCT_VERSION}\n`)
    return EXIT.done
  }
  const program = await cliProgram(surroundings, say, argv)
  try {
    await program.parseAsync([...wordsApart(program, argv)], { from: 'user' })
    return EXIT.done
  } catch (thrown) {
    if (thrown instanceof Ended) return thrown.exitCode
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return EXIT.done
      // A group alone has shown its help.
      if (thrown.code !== 'commander.help') surroundings.err(parseProblem(thrown, program, argv, say))
      return EXIT.usage
    }
    const { message, exitCode } = explained(thrown, say)
    // The words of a service, or of whoever answers in its place.
    surroundings.err(`claviger: ${visibleLines(message)}\n`)
    return exitCode
  }
}
