import { isFault, isResourceGroupName, type ResourceGroup } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { groupBody } from './group-body.ts'
import { listReply, pageOf } from './paging.ts'
import { readResourceFilter, type ResourceFilter } from './resource-filter.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const MAXIMUM_PAGE = 1000
const GROUPS = '/subscriptions/:subscription/resourceGroups'
const GROUP = `${GROUPS}/:group`

/** The group that a path names. @throws ArmRefusal for a name that none can have */
export function groupOf({ params }: Pick<ArmRequest, 'params'>): string {
  const name = params['group'] ?? ''
  if (isResourceGroupName(name)) return name
  const foreign = [...new Set(name.replace(/[0-9A-Za-z._()-]/g, ''))].join('')
  const message =
    foreign === ''
      ? `The provided resource group name '${shorten(name, 100)}' is invalid. It has 1 to 90 ` +
        "characters and does not end with '.'."
      : `The provided resource group name '${shorten(name, 100)}' has these invalid characters: ` +
        `'${shorten(foreign, 20)}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`
  throw new ArmRefusal(400, 'InvalidResourceGroup', message)
}

/** The location of a body. @throws ArmRefusal when there is none */
export function locationOf(body: azure.JsonMembers): string {
  const location = body.string('location')
  if (location !== undefined && location !== '') return location
  const message = 'The location property is required for this definition.'
  throw new ArmRefusal(400, 'LocationRequired', message)
}

async function put(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant } = request
  const name = groupOf(request)
  const body = request.body()
  const tags = body.stringMap('tags')
  const location = locationOf(body)
  const input = { name, location, ...(tags === undefined ? {} : { tags }) }
  const { group, isNew } = await vault.resourceGroups.create(call, input)
  return { status: isNew ? 201 : 200, body: groupBody(tenant, group) }
}

async function patch(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant } = request
  const tags = request.body().stringMap('tags')
  const input = { name: groupOf(request), ...(tags === undefined ? {} : { tags }) }
  return { status: 200, body: groupBody(tenant, await vault.resourceGroups.update(call, input)) }
}

async function get(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant } = request
  const group = await vault.resourceGroups.get(call, { name: groupOf(request) })
  return { status: 200, body: groupBody(tenant, group) }
}

async function head(request: ArmRequest): Promise<ArmReply> {
  await request.vault.resourceGroups.get(request.call, { name: groupOf(request) })
  return { status: 204 }
}

async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, tenant } = request
  const filter = readResourceFilter(request.query.get('$filter'))
  const { maximumResults = MAXIMUM_PAGE, after } = pageOf(request, MAXIMUM_PAGE)
  const groups = await vault.resourceGroups.list(call, after === undefined ? {} : { after })
  const found = groups.filter((group) => passes(group, filter))
  const page = found.slice(0, maximumResults)
  const next = found.length > maximumResults ? page.at(-1)?.name : undefined
  return listReply(request, page.map((group) => groupBody(tenant, group)), next)
}

function passes({ name, location, tags }: ResourceGroup, filter: ResourceFilter): boolean {
  const equal = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || wanted.toLowerCase() === value.toLowerCase()
  const { tagname, tagvalue } = filter
  const isTagged =
    tagname === undefined ||
    Object.entries(tags).some(([tag, value]) => equal(tagname, tag) && equal(tagvalue, value))
  return equal(filter.name, name) && equal(filter.location, location) && isTagged
}

/** What the link to a deletion says: which group, and that it is no later one of the same name. */
interface Deletion {
  readonly group: string
  readonly id: string
}

/** Deleted when the answer leaves; clients follow the link all the same, as for long operations. */
async function remove(request: ArmRequest): Promise<ArmReply> {
  const { vault, call } = request
  const name = groupOf(request)
  for (;;) {
    const { done, group } = await vault.resourceGroups.delete(call, { name })
    if (!done) continue
    return { status: 202, headers: deletionHeaders(request, { group: name, id: group.id }) }
  }
}

function deletionHeaders(request: ArmRequest, deletion: Deletion): Readonly<Record<string, string>> {
  const { origin, tenant, apiVersion } = request
  const token = azure.encodeBase64url(new TextEncoder().encode(JSON.stringify(deletion)))
  const place = `${origin}/subscriptions/${tenant.subscription}/operationresults/${token}`
  return { Location: `${place}?api-version=${apiVersion}`, 'Retry-After': '1' }
}

async function deletionResult(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, params } = request
  const deletion = readDeletion(params['operation'] ?? '')
  try {
    const { id } = await vault.resourceGroups.get(call, { name: deletion.group })
    if (id !== deletion.id) return { status: 200 }
    return { status: 202, headers: deletionHeaders(request, deletion) }
  } catch (thrown) {
    if (isFault(thrown, 'ResourceGroupNotFound')) return { status: 200 }
    throw thrown
  }
}

/** @throws ArmRefusal */
function readDeletion(token: string): Deletion {
  try {
    const text = new TextDecoder().decode(azure.decodeBase64url(token))
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed === 'object' && parsed !== null && 'group' in parsed && 'id' in parsed) {
      const { group, id } = parsed
      if (typeof group === 'string' && typeof id === 'string') return { group, id }
    }
  } catch {
    // What cannot be read was not made here.
  }
  const message = 'The operation result could not be found. Take its address from Location as given.'
  throw new ArmRefusal(404, 'NotFound', message)
}

/** Resource groups. */
export const GROUP_ROUTES: readonly ArmRoute[] = [
  {
    method: 'PUT',
    path: GROUP,
    operations: ['resourceGroups/create'],
    outcomeStatus: { made: 201 },
    answer: put,
  },
  { method: 'PATCH', path: GROUP, operations: ['resourceGroups/update'], answer: patch },
  { method: 'GET', path: GROUP, operations: ['resourceGroups/get'], answer: get },
  {
    method: 'HEAD',
    path: GROUP,
    operations: ['resourceGroups/get'],
    successStatus: 204,
    answer: head,
  },
  {
    method: 'DELETE',
    path: GROUP,
    operations: ['resourceGroups/delete'],
    successStatus: 202,
    answer: remove,
  },
  { method: 'GET', path: GROUPS, operations: ['resourceGroups/list'], answer: list },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/operationresults/:operation',
    operations: ['resourceGroups/get'],
    answer: deletionResult,
  },
]
