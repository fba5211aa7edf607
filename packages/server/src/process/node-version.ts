/** The Node line this release is made for and tested with. */
export const requiredNodeMajor = 26

/**
 * Says what to do when this is another Node line, or nothing when it is the right one.
 * @param version as in `process.versions.node`.
 */
export function nodeVersionProblem(version: string): string | undefined {
  if (Number.parseInt(version, 10) === requiredNodeMajor) return undefined
  return (
    `Claviger needs Node ${requiredNodeMajor}, and this is Node ${version}. ` +
    `The repository brings its own: type "npm ci" once, then "npm start".`
  )
}
