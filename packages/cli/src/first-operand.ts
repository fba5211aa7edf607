import type { Command } from 'commander'

/** Where the first word of a command line stands that is neither an option of `claviger` nor its value. */
export function firstOperand(program: Command, argv: readonly string[]): number {
  let at = 0
  for (;;) {
    const word = argv[at] ?? ''
    if (!word.startsWith('-')) return at
    const option = program.options.find(({ short, long }) => word === short || word === long)
    at += option?.required === true ? 2 : 1
  }
}
