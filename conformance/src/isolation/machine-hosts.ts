import { readFileSync, writeFileSync } from 'node:fs'
import { withHostLines, withoutHostLines } from './hosts.ts'

const HOSTS = '/etc/hosts'

/**
 * Adds our names to the machine's own /etc/hosts until this process ends, by itself or by a signal.
 * For continuous integration as root alone; everybody else gets a namespace or an explanation.
 */
export function writeMachineHosts(): void {
  writeFileSync(HOSTS, withHostLines(readFileSync(HOSTS, 'utf8')))
  process.on('exit', () => writeFileSync(HOSTS, withoutHostLines(readFileSync(HOSTS, 'utf8'))))
}
