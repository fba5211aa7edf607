import { readFileSync } from 'node:fs'
import { processTree } from '@claviger/conformance/src/machine/process-tree.ts'

/** USER_HZ, in which /proc counts; Linux has this value on every architecture Node runs on. */
const TICKS_PER_SECOND = 100

/**
 * Seconds of processor time, user and system, that a program and all below it have used so far: the
 * program itself, then all that it started together, then all that those started, and so on.
 */
export function processorSeconds(root: number): readonly number[] {
  const levels: number[] = []
  for (const { pid, depth } of processTree(root)) {
    const seconds = parseProcessorSeconds(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    levels[depth] = (levels[depth] ?? 0) + seconds
  }
  return levels
}

/**
 * The utime and stime of proc(5) `stat`; the second field is a name that may hold anything.
 * @throws RangeError when the text is none
 */
export function parseProcessorSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  if (!Number.isFinite(ticks)) throw new RangeError('this is no /proc/<pid>/stat')
  return ticks / TICKS_PER_SECOND
}
