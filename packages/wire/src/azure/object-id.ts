/** The collections whose objects have ids. */
export type Collection =
  | 'secrets'
  | 'deletedsecrets'
  | 'keys'
  | 'deletedkeys'
  | 'certificates'
  | 'deletedcertificates'

/**
 * The id of an object, or of one version of it.
 * @param origin `https://host`, with the port unless it is 443: clients build URLs from ids.
 */
export function objectId(
  origin: string,
  collection: Collection,
  name: string,
  version?: string,
): string {
  const base = `${origin}/${collection}/${name}`
  return version === undefined ? base : `${base}/${version}`
}
