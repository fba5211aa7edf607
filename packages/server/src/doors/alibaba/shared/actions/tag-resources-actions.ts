import { isFault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { taggedKey, taggedSecret, type TaggedResource } from '../tagged-resource.ts'
import { TagRows } from '../tag-rows.ts'
import { tagsByKey } from '../tags.ts'
import { walkTagged } from '../walk-tagged.ts'

const { invalidParameter, KmsRefusal, missingParameter } = alibaba.shared

/** Tags of many keys or secrets at a time. */
export const TAG_RESOURCES_ACTIONS: Actions<
  'TagResources' | 'UntagResources' | 'ListTagResources'
> = {
  async TagResources(request) {
    const { ResourceType, ResourceId, Tag } = request.parameters
    const set = tagsByKey(Tag, refusalOfTag)
    const resources = await existing(request, typeOf(ResourceType), ResourceId)
    for (const resource of resources) await resource.change({ set }).catch(notFound)
    return {}
  },

  async UntagResources(request) {
    const { ResourceType, ResourceId, TagKey, All } = request.parameters
    if (TagKey === undefined && !All) throw missingParameter('TagKey.1')
    const remove = TagKey ?? 'all'
    const resources = await existing(request, typeOf(ResourceType), ResourceId)
    for (const resource of resources) await resource.change({ remove }).catch(notFound)
    return {}
  },

  async ListTagResources(request) {
    const { ResourceType, ResourceId, Tag = [], NextToken } = request.parameters
    const type = typeOf(ResourceType)
    const rows = new TagRows(ResourceType, Tag)
    const next =
      ResourceId === undefined
        ? await walkTagged(request, type, rows, NextToken)
        : await readNamed(request, type, ResourceId, rows, NextToken)
    return { NextToken: next ?? '', TagResources: { TagResource: rows.rows } }
  },
}

type ResourceType = 'key' | 'secret'

/** @throws KmsRefusal InvalidParameter */
function typeOf(text: string): ResourceType {
  const type = text.toLowerCase()
  if (type === 'key' || type === 'secret') return type
  throw invalidParameter('ResourceType', 'must be key or secret')
}

const RESOURCES = { key: taggedKey, secret: taggedSecret } as const

/**
 * All of them, so that nothing is changed when one is missing.
 * @throws KmsRefusal InvalidResourceId.NotFound
 */
async function existing(
  context: ActionContext,
  type: ResourceType,
  ids: readonly string[],
): Promise<readonly TaggedResource[]> {
  const resources: TaggedResource[] = []
  for (const id of new Set(ids)) {
    const resource = await RESOURCES[type](context, id).catch(notFound)
    await resource.read().catch(notFound)
    resources.push(resource)
  }
  return resources
}

/** @returns the token of the next page; `undefined` on the last one. */
async function readNamed(
  context: ActionContext,
  type: ResourceType,
  ids: readonly string[],
  rows: TagRows,
  token: string | undefined,
): Promise<string | undefined> {
  const wanted = [...new Set(ids)]
  const start = token === undefined ? 0 : /^\d{1,2}$/.test(token) ? Number(token) : undefined
  if (start === undefined || start >= wanted.length) {
    throw invalidParameter('NextToken', 'must be that of the page before')
  }
  for (const [at, id] of wanted.entries()) {
    if (at < start) continue
    const resource = await RESOURCES[type](context, id).catch(notFound)
    if (!rows.add(id, await resource.read().catch(notFound))) return String(at)
  }
  return undefined
}

/** What is not there, or can be no name of anything, has a code of its own here. */
function notFound(thrown: unknown): never {
  const isMissing =
    (thrown instanceof KmsRefusal &&
      ['Forbidden.KeyNotFound', 'InvalidParameter'].includes(thrown.code)) ||
    (isFault(thrown, 'ObjectNotFound') && thrown.detail.deleted !== true)
  throw isMissing ? new KmsRefusal('InvalidResourceId.NotFound') : thrown
}

function refusalOfTag(part: 'key' | 'value' | 'twice', rule: string): Error {
  const code = {
    key: 'InvalidParameter.TagKey',
    value: 'InvalidParameter.TagValue',
    twice: 'Duplicate.TagKey',
  } as const
  return new KmsRefusal(code[part], { recommend: `Tag ${rule}.` })
}
