import { secretObjectName } from '../secret-object-name.ts'

const SECRET = 'secret/'

/**
 * The resources of a policy as the vault knows them: a secret that has another name there is named
 * by that too.
 */
export function vaultResources(resources: readonly string[]): readonly string[] {
  return [...new Set([...resources, ...resources.flatMap(otherNames)])]
}

/** The resources of a policy as they were given. */
export function wireResources(resources: readonly string[]): readonly string[] {
  const others = new Set(resources.flatMap(otherNames))
  return resources.filter((one) => !others.has(one))
}

function otherNames(resource: string): readonly string[] {
  const name = resource.startsWith(SECRET) ? resource.slice(SECRET.length) : '*'
  if (name === '*') return []
  const other = secretObjectName(name)
  return other === name ? [] : [SECRET + other]
}
