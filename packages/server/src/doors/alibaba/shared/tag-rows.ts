import { alibaba } from '@claviger/wire'

/** Of one answer (ListTagResources). */
const MAXIMUM_ROWS = 200

/** Gathers the rows of one answer: the tags of those resources that have certain ones. */
export class TagRows {
  readonly rows: alibaba.shared.AnswerObject[] = []
  readonly #type: string
  readonly #wanted: ReadonlyMap<string, string>

  /**
   * @param type as the request has written it.
   * @param wanted tags that a resource must have, all of them; one without a value may have any.
   * @throws KmsRefusal Duplicate.TagKey
   */
  constructor(type: string, wanted: readonly alibaba.shared.Tag[]) {
    this.#type = type
    this.#wanted = new Map(wanted.map(({ key, value }) => [key, value]))
    if (this.#wanted.size < wanted.length) throw new alibaba.shared.KmsRefusal('Duplicate.TagKey')
  }

  /** Tells whether there was room for the resource; one that is not wanted needs none. */
  add(ResourceId: string, tags: Readonly<Record<string, string>>): boolean {
    const isWanted = [...this.#wanted].every(
      ([key, value]) => Object.hasOwn(tags, key) && (value === '' || tags[key] === value),
    )
    const entries = isWanted ? Object.entries(tags) : []
    if (this.rows.length + entries.length > MAXIMUM_ROWS) return false
    for (const [TagKey, TagValue] of entries) {
      this.rows.push({ ResourceId, ResourceType: this.#type, TagKey, TagValue })
    }
    return true
  }
}
