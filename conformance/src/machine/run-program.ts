import { type ChildOptions, startChild } from './child.ts'

export interface ProgramResult {
  /** The exit code; `null` when a signal or the time limit ended it. */
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a program to its end, killing it and its children after `limitSeconds`. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: ChildOptions & { readonly limitSeconds: number },
): Promise<ProgramResult> {
  const child = startChild(command, args, options)
  const timer = setTimeout(() => child.kill(), options.limitSeconds * 1000)
  try {
    const { code } = await child.ended
    return { code, output: child.output(), errors: child.errors() }
  } finally {
    clearTimeout(timer)
  }
}
