/** Where a query needs decoding; without it, taking it apart costs a third. */
const ESCAPED = /[^\w&=.$-]/

/** The query of a request: names are percent-decoded (JS writes `api%2Dversion`), in any case. */
export class AzureQuery {
  readonly #values = new Map<string, string>()

  constructor(query: string) {
    const pairs = ESCAPED.test(query) ? new URLSearchParams(query) : plainPairs(query)
    for (const [name, value] of pairs) {
      const key = name.toLowerCase()
      if (!this.#values.has(key)) this.#values.set(key, value)
    }
  }

  /** The first value of a parameter. */
  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())
  }
}

/** As URLSearchParams: empty parts count for nothing, and without `=` the value is empty. */
function plainPairs(query: string): readonly (readonly [string, string])[] {
  const parts = query.split('&').filter((part) => part !== '')
  return parts.map((part) => {
    const mark = part.indexOf('=')
    return mark === -1 ? [part, ''] : [part.slice(0, mark), part.slice(mark + 1)]
  })
}
