// Lines that stand between two marks in somebody's file, so that they can be replaced and taken
// back.

/** The lines of a program between its marks; they end in a newline. */
export function markedLines(program: string, lines: readonly string[]): string {
  return [beginOf(program), ...lines, endOf(program), ''].join('\n')
}

/** A file without the marked lines of a program; all else stays letter by letter. */
export function withoutLines(file: string, program: string): string {
  const at = `\n${file}`.indexOf(`\n${beginOf(program)}\n`)
  if (at === -1) return file
  const end = endOf(program)
  // The end counts as a line of its own alone; without one, nothing is known to be ours.
  const behind = `${file}\n`.indexOf(`\n${end}\n`, at)
  if (behind === -1) return file
  return file.slice(0, at) + file.slice(behind + end.length + 2)
}

/** A file with these marked lines in the place of any of the program before. */
export function withLines(file: string, program: string, block: string): string {
  const rest = withoutLines(file, program)
  return rest === '' || rest.endsWith('\n') ? `${rest}${block}` : `${rest}\n${block}`
}

function beginOf(program: string): string {
  const takenBack = `claviger connect ${program} --remove --write <this file>`
  return `# Claviger ${program}: begin. Taken back by: ${takenBack}`
}

function endOf(program: string): string {
  return `# Claviger ${program}: end`
}
