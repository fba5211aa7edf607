/** The query of a request: names are percent-decoded (JS writes `api%2Dversion`), in any case. */
export class AzureQuery {
  readonly #values = new Map<string, string>()

  constructor(query: string) {
    for (const [name, value] of new URLSearchParams(query)) {
      const key = name.toLowerCase()
      if (!this.#values.has(key)) this.#values.set(key, value)
    }
  }

  /** The first value of a parameter. */
  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase())
  }
}
