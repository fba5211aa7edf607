import { isGuid } from '@claviger/vault'
import type { AdminContext } from './admin-context.ts'
import { AdminError } from './admin-error.ts'
import { recordsOf, textOf, type AdminRecord } from './admin-record.ts'

/**
 * The principal that somebody means by an object id, a client id, a user name or, when only one has
 * it, a display name.
 * @param kind only principals of this kind, when given.
 * @throws AdminError when there is none or more than one.
 */
export async function findPrincipal(
  { ask }: AdminContext,
  meant: string,
  kind?: string,
): Promise<AdminRecord> {
  const all = recordsOf(await ask('principals/list'))
  const principals = kind === undefined ? all : all.filter((one) => one['kind'] === kind)
  const is = (name: string) => (one: AdminRecord) => same(textOf(one, name), meant)
  const exact = principals.find(
    (one) => ['id', 'appId', 'userPrincipalName'].some((name) => is(name)(one)),
  )
  if (exact !== undefined) return exact
  const named = principals.filter(is('displayName'))
  const [only] = named
  if (only !== undefined && named.length === 1) return only
  const what = kind === undefined ? 'principal' : kind
  throw new AdminError(
    only === undefined
      ? `There is no ${what} ${JSON.stringify(meant)}; list them, and give an object id.`
      : `${named.length} of them are called ${JSON.stringify(meant)}; give the object id.`,
  )
}

/**
 * The object id of somebody who is given access; an id that the directory does not have is taken as
 * it is, because principals of another issuer are known by their id alone.
 */
export async function findAssignee(context: AdminContext, meant: string): Promise<string> {
  try {
    return textOf(await findPrincipal(context, meant), 'id')
  } catch (thrown) {
    if (!(thrown instanceof AdminError) || !isGuid(meant)) throw thrown
    context.note('The directory has no such principal; the id is taken as one of another issuer.')
    return meant.toLowerCase()
  }
}

function same(one: string, other: string): boolean {
  return one !== '' && one.toLowerCase() === other.toLowerCase()
}
