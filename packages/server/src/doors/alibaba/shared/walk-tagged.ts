import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'
import { secretName } from './answer-secret.ts'
import { listableVaults } from './select-across.ts'
import type { TagRows } from './tag-rows.ts'

/** Where a walk is: what comes after this one, in this vault. */
interface Place {
  readonly vault: string
  readonly state: State
  /** Name of the object; before the first one when absent. */
  readonly after?: string
}

const STATES = ['live', 'deleted'] as const
type State = (typeof STATES)[number]

/** So many are looked at for one answer, however few of them have tags. */
const MAXIMUM_PAGES = 10
const PAGE = 200

/**
 * Goes through the keys or secrets of all vaults in which the caller may list, from where the
 * answer before has ended, until there is no room for more rows.
 * @returns the token of the next answer; `undefined` when this one is the last.
 * @throws KmsRefusal InvalidParameter for a token that was not given here.
 */
export async function walkTagged(
  context: ActionContext,
  type: 'key' | 'secret',
  rows: TagRows,
  token: string | undefined,
): Promise<string | undefined> {
  const object = `${type}s` as const
  const vaults = await listableVaults(context, `${object}/list`, object)
  let place = token === undefined ? firstOf(vaults) : placeOf(token, vaults)
  for (let pages = 0; place !== undefined; pages += 1) {
    if (pages === MAXIMUM_PAGES) return tokenOf(place)
    const { items, next } = await pageOf(context, type, place)
    for (const { id, marker, tags } of items) {
      if (!rows.add(id, tags)) return tokenOf(place)
      place = { ...place, after: marker }
    }
    place = next === undefined ? followerOf(place, vaults) : { ...place, after: next }
  }
  return undefined
}

interface Tagged {
  readonly id: string
  readonly marker: string
  readonly tags: Readonly<Record<string, string>>
}

async function pageOf(
  { vault, call }: ActionContext,
  type: 'key' | 'secret',
  place: Place,
): Promise<{ readonly items: readonly Tagged[]; readonly next?: string }> {
  const input = { ...place, maximumResults: PAGE }
  if (type === 'key') {
    const { items, ...more } = await vault.keys.walk(call, input)
    const tagged = items.map(({ head: { keyId = '', current } }) => ({
      id: keyId,
      marker: current.name,
      tags: current.tags ?? {},
    }))
    return { items: tagged, ...more }
  }
  const { items, ...more } = await vault.secrets.walk(call, input)
  const tagged = items.map(({ head }) => ({
    id: secretName(head),
    marker: head.current.name,
    tags: head.current.tags ?? {},
  }))
  return { items: tagged, ...more }
}

function firstOf([vault]: readonly string[]): Place | undefined {
  return vault === undefined ? undefined : { vault, state: 'live' }
}

function followerOf({ vault, state }: Place, vaults: readonly string[]): Place | undefined {
  if (state === 'live') return { vault, state: 'deleted' }
  return firstOf(vaults.slice(vaults.indexOf(vault) + 1))
}

// Names have no full stop.

function tokenOf({ vault, state, after = '' }: Place): string {
  return `${vault}.${state}.${after}`
}

function placeOf(token: string, vaults: readonly string[]): Place {
  const [vault = '', text, after = '', ...rest] = token.split('.')
  const state = STATES.find((one) => one === text)
  const isName = after === '' || /^[0-9A-Za-z-]{1,127}$/.test(after)
  if (state === undefined || !isName || rest.length > 0 || !vaults.includes(vault)) {
    throw alibaba.shared.invalidParameter('NextToken', 'must be that of the page before')
  }
  return { vault, state, ...(after === '' ? {} : { after }) }
}
