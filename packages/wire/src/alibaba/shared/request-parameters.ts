/**
 * The parameters of one request, query and form as one. Of a name that came more than once the last
 * counts, and the form comes after the query, as in the signers of the vendor's older SDKs.
 */
export class RequestParameters {
  readonly #values: ReadonlyMap<string, string>

  constructor(pairs: Iterable<readonly [name: string, value: string]>) {
    this.#values = new Map(pairs)
  }

  /** Names are compared exactly. */
  get(name: string): string | undefined {
    return this.#values.get(name)
  }

  entries(): IterableIterator<[name: string, value: string]> {
    return this.#values.entries()
  }

  /** `Name.1`, `Name.2` … by their numbers; one left out is no member, as clients skip nulls. */
  list(name: string): readonly string[] {
    return this.#numbered(name)
      .filter(({ rest }) => rest === '')
      .map(({ value }) => value)
  }

  /** `Name.1.Key`, `Name.1.Value`, `Name.2.Key` … as one object for each number. */
  objects(name: string): readonly RequestParameters[] {
    const members = this.#numbered(name).filter(({ rest }) => rest !== '')
    const byNumber = Map.groupBy(members, ({ number }) => number)
    return [...byNumber.values()].map(
      (one) => new RequestParameters(one.map(({ rest, value }) => [rest.slice(1), value])),
    )
  }

  /** `Name.a`, `Name.b` … as `a`, `b`; an `a` may itself have dots. */
  members(name: string): readonly (readonly [name: string, value: string])[] {
    const prefix = `${name}.`
    return [...this.#values]
      .filter(([key]) => key.startsWith(prefix) && key.length > prefix.length)
      .map(([key, value]) => [key.slice(prefix.length), value])
  }

  #numbered(name: string): readonly Numbered[] {
    return this.members(name)
      .flatMap(([key, value]) => {
        const [, digits, rest = ''] = /^([1-9]\d{0,3})(\..+)?$/s.exec(key) ?? []
        return digits === undefined ? [] : [{ number: Number(digits), rest, value }]
      })
      .toSorted((one, other) => one.number - other.number)
  }
}

interface Numbered {
  readonly number: number
  /** What follows the number, with its dot; empty when nothing does. */
  readonly rest: string
  readonly value: string
}
