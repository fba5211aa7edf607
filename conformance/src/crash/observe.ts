import type { HttpsClient, RawAnswer } from '../server/https-client.ts'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import type { SecretState, VersionState } from './secret-state.ts'

/** What a secret is to a client, put together from every way there is to read it. */
export interface Observed {
  readonly standing: SecretState['standing']
  /** By id; empty while deleted, when versions cannot be read. */
  readonly versions: ReadonlyMap<string, VersionState>
  readonly head: VersionState | undefined
}

const QUERY = 'api-version=7.4'
const NOTHING: ReadonlyMap<string, VersionState> = new Map()

/** Reads bundles and lists of the vault with one token. */
export class Observer {
  readonly #client: HttpsClient
  readonly #token: string

  constructor(client: HttpsClient, token: string) {
    this.#client = client
    this.#token = token
  }

  /** @throws Error when an answer is neither 200 nor 404, or two ways to read it disagree. */
  async secret(name: string): Promise<Observed> {
    const head = await this.#get(`/secrets/${name}/?${QUERY}`)
    const deleted = await this.#get(`/deletedsecrets/${name}?${QUERY}`)
    if (head !== undefined && deleted !== undefined) throw new Error(`${name} is live and deleted`)
    const listed = await this.list(`/secrets/${name}/versions`)
    if (head === undefined) {
      if (listed.length > 0) throw new Error(`${name} is not there, but has versions`)
      const standing = deleted === undefined ? 'absent' : 'deleted'
      return { standing, versions: NOTHING, head: deleted && versionOf(deleted) }
    }
    const versions = new Map<string, VersionState>()
    for (const item of listed) {
      const id = lastSegment(item)
      const bundle = await this.#get(`/secrets/${name}/${id}?${QUERY}`)
      if (bundle === undefined) throw new Error(`${name}: version ${id} is listed, but not there`)
      const version = versionOf(bundle)
      if (!sameMarks(version, versionOf(item))) {
        throw new Error(`${name}: version ${id} is listed with other attributes than it has`)
      }
      versions.set(id, version)
    }
    return { standing: 'live', versions, head: versionOf(head) }
  }

  /** All items of a list, over its pages. */
  async list(path: string): Promise<readonly JsonObject[]> {
    const items: JsonObject[] = []
    let next: string | undefined = `${path}?${QUERY}`
    while (next !== undefined) {
      const page: JsonObject | undefined = await this.#get(next)
      if (page === undefined) return items
      if (Array.isArray(page['value'])) items.push(...page['value'].map(objectOf))
      const link = page['nextLink']
      const url = typeof link === 'string' ? new URL(link) : undefined
      next = url === undefined ? undefined : `${url.pathname}${url.search}`
    }
    return items
  }

  async #get(path: string): Promise<JsonObject | undefined> {
    const answer: RawAnswer = await this.#client.send('GET', path, { token: this.#token })
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}`)
    return objectOf(JSON.parse(answer.body))
  }
}

/** The part of an id after its last slash: the version of a version, the name of a secret. */
export function lastSegment(item: JsonObject): string {
  return textOf(item, 'id').split('/').at(-1) ?? ''
}

function versionOf(item: JsonObject): VersionState {
  const tags = objectOf(item['tags'])
  return {
    id: lastSegment(item),
    value: textOf(item, 'value'),
    contentType: textOf(item, 'contentType'),
    tags: Object.fromEntries(Object.keys(tags).map((name) => [name, textOf(tags, name)])),
  }
}

function sameMarks(one: VersionState, other: VersionState): boolean {
  return one.contentType === other.contentType && one.tags['mark'] === other.tags['mark']
}
