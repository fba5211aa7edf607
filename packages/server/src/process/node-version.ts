import { COMMAND_NAMES } from '../command-names.ts'
import type { Say } from '../language/messages.ts'

/** The Node line this release is made for and tested with. */
export const requiredNodeMajor = 26

/**
 * Says what to do when this is another Node line, or nothing when it is the right one.
 * @param version as in `process.versions.node`.
 */
export function nodeVersionProblem(version: string, say: Say): string | undefined {
  if (Number.parseInt(version, 10) === requiredNodeMajor) return undefined
  return say('wrongNode', { ...COMMAND_NAMES, required: requiredNodeMajor, version })
}
