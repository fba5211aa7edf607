// Lines that stand between two marks in somebody's file, so that they can be replaced and taken
// back. Texts are read octet by octet, so that a file of any encoding comes back as it was.

/** What the first mark says of the file before, for the way back; at most one of them. */
const NOTES = { open: ' The line before had no end.', made: ' The file was not there.' } as const

const BEGIN = /^(# Claviger ([\w-]+): begin\. [^\r\n]*)/

/** The lines of a program between its marks; they end in a newline. */
export function markedLines(program: string, lines: readonly string[]): string {
  return [beginOf(program), ...lines, endOf(program), ''].join('\n')
}

/**
 * A file without the marked lines of a program; all else stays letter by letter. `undefined` is a
 * file that is not there, before and after.
 */
export function withoutLines(file: string | undefined, program: string): string | undefined {
  let rest = file
  for (let place = placeIn(rest, program); place !== undefined; place = placeIn(rest, program)) {
    const before = rest?.slice(0, place.from) ?? ''
    const behind = rest?.slice(place.to) ?? ''
    if (place.note === NOTES.made && before + behind === '') return undefined
    // The end of the line was added for the mark; what has been written behind needs it now.
    const isOpen = place.note === NOTES.open && behind === ''
    rest = (isOpen ? before.replace(/\r?\n$/, '') : before) + handedOn(place.note, behind)
  }
  return rest
}

/** The block that follows at once bears the note of the one before it from now on. */
function handedOn(note: string, behind: string): string {
  const [, begin = '', program = ''] = BEGIN.exec(behind) ?? []
  // Its own note stays, and marks without an end are not ours to change.
  if (begin !== beginOf(program) || placeIn(behind, program)?.from !== 0) return behind
  return begin + note + behind.slice(begin.length)
}

/** A file with these marked lines in the place of any of the program before. */
export function withLines(file: string | undefined, program: string, block: string): string {
  const rest = withoutLines(file, program)
  const begin = beginOf(program)
  if (rest === undefined) return block.replace(begin, () => begin + NOTES.made)
  if (rest === '' || rest.endsWith('\n')) return `${rest}${block}`
  return `${rest}\n${block.replace(begin, () => begin + NOTES.open)}`
}

interface Place {
  readonly from: number
  readonly to: number
  readonly note: string
}

/** Where the lines of a program stand. Without an end before the next mark, nothing is known to be ours. */
function placeIn(file: string | undefined, program: string): Place | undefined {
  const begin = beginOf(program)
  let begun: Pick<Place, 'from' | 'note'> | undefined
  let at = 0
  for (const line of file?.split(/(?<=\n)/) ?? []) {
    // An editor may have ended all lines in its own way.
    const text = line.replace(/\r?\n$/, '')
    if (text === endOf(program) && begun !== undefined) return { ...begun, to: at + line.length }
    if (BEGIN.test(text)) {
      begun = text.startsWith(begin) ? { from: at, note: text.slice(begin.length) } : undefined
    }
    at += line.length
  }
  return undefined
}

function beginOf(program: string): string {
  const takenBack = `claviger connect ${program} --remove --write <this file>`
  return `# Claviger ${program}: begin. Taken back by: ${takenBack}`
}

function endOf(program: string): string {
  return `# Claviger ${program}: end`
}
