import { decodeBase64url } from './base64url.ts'

/** A body is not what its operation takes. */
export class MalformedMember extends Error {
  /** The path of the member that is wrong, such as `attributes.nbf`. */
  readonly property: string
  /** Completes a sentence that begins with the property, such as `it must be a string`. */
  readonly reason: string

  constructor(property: string, reason: string) {
    super(`${property}: ${reason}`)
    this.name = 'MalformedMember'
    this.property = property
    this.reason = reason
  }
}

/**
 * Reads a JSON object member by member. A member that is null counts as absent, an unknown one is
 * ignored, as the service does. Written by hand because with a schema library every member would be
 * a union with null, whose errors do not name what was expected.
 */
export class JsonMembers {
  readonly #members: ReadonlyMap<string, unknown>
  readonly #path: string

  /** Takes own members alone, so a member called `__proto__` is one like any other. */
  constructor(members: object, path = '') {
    this.#members = new Map(Object.entries(members))
    this.#path = path
  }

  /** @throws MalformedMember */
  string(name: string): string | undefined {
    const value = this.#present(name)
    return value === undefined ? undefined : this.#demandString(name, value)
  }

  /** @throws MalformedMember when it is absent, too. */
  requiredString(name: string): string {
    const value = this.string(name)
    if (value === undefined) throw this.malformed(name, 'it must be given')
    return value
  }

  /** Octets as base64url or base64. @throws MalformedMember */
  octets(name: string): Uint8Array | undefined {
    const text = this.string(name)
    if (text === undefined) return undefined
    const octets = decodeBase64url(text)
    if (octets === undefined) throw this.malformed(name, 'it must be base64url')
    return octets
  }

  /** @throws MalformedMember when it is absent, too. */
  requiredOctets(name: string): Uint8Array {
    const octets = this.octets(name)
    if (octets === undefined) throw this.malformed(name, 'it must be given')
    return octets
  }

  /** @throws MalformedMember */
  boolean(name: string): boolean | undefined {
    const value = this.#present(name)
    if (value === undefined || typeof value === 'boolean') return value
    throw this.malformed(name, 'it must be true or false')
  }

  /** @throws MalformedMember */
  integer(name: string): number | undefined {
    const value = this.#present(name)
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw this.malformed(name, 'it must be a whole number')
  }

  /** @throws MalformedMember */
  object(name: string): JsonMembers | undefined {
    const value = this.#present(name)
    return value === undefined ? undefined : this.#demandObject(name, value)
  }

  /** @throws MalformedMember when it is absent, too. */
  requiredObject(name: string): JsonMembers {
    const object = this.object(name)
    if (object === undefined) throw this.malformed(name, 'it must be given')
    return object
  }

  /** @throws MalformedMember */
  objects(name: string): readonly JsonMembers[] | undefined {
    return this.#list(name)?.map((item, index) => this.#demandObject(`${name}[${index}]`, item))
  }

  /** @throws MalformedMember */
  strings(name: string): readonly string[] | undefined {
    return this.#list(name)?.map((item) => {
      if (typeof item !== 'string') throw this.malformed(name, 'each of its items must be a string')
      return this.#demandString(name, item)
    })
  }

  /**
   * Refuses a member that is not taken: to ignore it would be to do something else.
   * @throws MalformedMember
   */
  demandAbsent(name: string, reason: string): void {
    if (this.#present(name) !== undefined) throw this.malformed(name, reason)
  }

  /** @throws MalformedMember */
  stringMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.#present(name)
    if (value === undefined) return undefined
    const entries = [...this.#demandObject(name, value).#members]
    // `fromEntries` defines members and never assigns, so `__proto__` stays a name.
    return Object.fromEntries(entries.map(([key, one]) => [key, this.#demandEntry(name, key, one)]))
  }

  /** The refusal of a member, for a reason that only its reader may know. */
  malformed(name: string, reason: string): MalformedMember {
    return new MalformedMember(this.#pathOf(name), reason)
  }

  #list(name: string): readonly unknown[] | undefined {
    const value = this.#present(name)
    if (value === undefined) return undefined
    if (!Array.isArray(value)) throw this.malformed(name, 'it must be a JSON array')
    const items: readonly unknown[] = value
    return items
  }

  #present(name: string): unknown {
    return this.#members.get(name) ?? undefined
  }

  /** The names in a map are the caller's own and may be long, so an error names the map alone. */
  #demandEntry(map: string, name: string, value: unknown): string {
    if (!name.isWellFormed()) throw this.malformed(map, 'its names must be well-formed Unicode')
    if (typeof value !== 'string') throw this.malformed(map, 'each of its values must be a string')
    return this.#demandString(map, value)
  }

  /** Half a surrogate pair has no UTF-8 form: stored, it would come back as another character. */
  #demandString(name: string, value: unknown): string {
    if (typeof value !== 'string') throw this.malformed(name, 'it must be a string')
    if (value.isWellFormed()) return value
    throw this.malformed(
      name,
      'it must be well-formed Unicode; a surrogate (\\ud800 to \\udfff) stands alone in it',
    )
  }

  #demandObject(name: string, value: unknown): JsonMembers {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return new JsonMembers(value, this.#pathOf(name))
    }
    throw this.malformed(name, 'it must be a JSON object')
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`
  }
}
