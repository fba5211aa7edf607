// The lines by which programs on this machine find the server's names without a name server of the
// operator's. They stand between two marks, so that they can be replaced and taken back.
import { readFile, writeFile } from 'node:fs/promises'
import { COMMAND_NAMES } from '../command-names.ts'

/** Where the system looks names up first. */
export const HOSTS_FILE = '/etc/hosts'

const BEGIN = `# Claviger: begin. Taken back by: ${COMMAND_NAMES.admin} hosts --remove`
const END = '# Claviger: end'
const BLOCK = /^# Claviger: begin[^\n]*\n(?:[^\n]*\n)*?# Claviger: end\n?/m

/** Lines of a hosts file hold only so many names on some systems. */
const NAMES_A_LINE = 8

/** The marked lines that lead each name to the address; they end in a newline. */
export function hostsBlock(address: string, hosts: readonly string[]): string {
  const lines: string[] = []
  for (let at = 0; at < hosts.length; at += NAMES_A_LINE) {
    lines.push([address, ...hosts.slice(at, at + NAMES_A_LINE)].join(' '))
  }
  return [BEGIN, ...lines, END, ''].join('\n')
}

/** A hosts file without the marked lines; all else stays letter by letter. */
export function withoutHosts(file: string): string {
  return file.replace(BLOCK, '')
}

/** A hosts file with these marked lines in the place of any before. */
export function withHosts(file: string, block: string): string {
  const rest = withoutHosts(file)
  return rest === '' || rest.endsWith('\n') ? `${rest}${block}` : `${rest}\n${block}`
}

/**
 * Changes a hosts file where it lies: in a container it is mounted and cannot be replaced.
 * @throws the system's error, such as EACCES.
 */
export async function changeHostsFile(
  path: string,
  change: (file: string) => string,
): Promise<void> {
  const before = await readFile(path, 'utf8')
  const after = change(before)
  if (after !== before) await writeFile(path, after)
}
