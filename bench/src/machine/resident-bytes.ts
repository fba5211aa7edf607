import { readFileSync } from 'node:fs'

/** Memory of a process that is in RAM now; pages of the program that others share count too. */
export function residentBytes(pid: number): number {
  return parseResidentBytes(readFileSync(`/proc/${pid}/status`, 'utf8'))
}

/** VmRSS of proc(5) `status`. @throws RangeError when it has none, as of a process that ended */
export function parseResidentBytes(status: string): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
  if (kibibytes === undefined) throw new RangeError('this is no /proc/<pid>/status')
  return Number(kibibytes) * 1024
}
