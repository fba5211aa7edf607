import type { Command } from 'commander'
import { firstOperand } from '../first-operand.ts'

/** The commands that hand on what stands behind them. */
const HANDED_ON: readonly (readonly string[])[] = [['start'], ['admin'], ['audit', 'verify']]

/**
 * The command line with `--` behind such a command, so that all its words and options reach the
 * server as they are, those that `claviger` has too.
 */
export function wordsApart(program: Command, argv: readonly string[]): readonly string[] {
  const at = firstOperand(program, argv)
  const found = HANDED_ON.find((command) => command.every((word, index) => argv[at + index] === word))
  if (found === undefined) return argv
  const end = at + found.length
  return [...argv.slice(0, end), '--', ...argv.slice(end)]
}
