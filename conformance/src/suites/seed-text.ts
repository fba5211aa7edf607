import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { REPOSITORY } from '../machine/repository.ts'

/** Why a user's program was not run. */
export const SEEDS_MISSING = 'CLAVIGER_SEEDS_DIR must name the folder that has it'

/**
 * A text of the users, with programs in it, by the beginning of its file name. The texts are not part
 * of this repository.
 */
export function seedText(beginning: string): string | undefined {
  const folder = resolve(REPOSITORY, process.env['CLAVIGER_SEEDS_DIR'] ?? '../shared/seeds')
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => file.startsWith(beginning))
  return name === undefined ? undefined : join(folder, name)
}
