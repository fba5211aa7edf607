import type { HttpsClient, RawAnswer } from '../server/https-client.ts'
import { type JsonObject, objectOf } from '../server/json.ts'

export const QUERY = 'api-version=7.4'

/** Reads bundles and lists of the vault, and uses keys, with one token. */
export class Observer {
  readonly #client: HttpsClient
  readonly #token: string

  constructor(client: HttpsClient, token: string) {
    this.#client = client
    this.#token = token
  }

  /** `undefined` when it is not there. @throws Error when the answer is neither 200 nor 404. */
  async get(path: string): Promise<JsonObject | undefined> {
    return this.#ask('GET', `${path}?${QUERY}`)
  }

  /** @throws Error when the answer is not 200. */
  async post(path: string, body: JsonObject): Promise<JsonObject> {
    const answer = await this.#ask('POST', `${path}?${QUERY}`, body)
    if (answer === undefined) throw new Error(`POST ${path} answered 404`)
    return answer
  }

  /** All items of a list, over its pages. */
  async list(path: string): Promise<readonly JsonObject[]> {
    const items: JsonObject[] = []
    let next: string | undefined = `${path}?${QUERY}`
    while (next !== undefined) {
      const page: JsonObject | undefined = await this.#ask('GET', next)
      if (page === undefined) return items
      if (Array.isArray(page['value'])) items.push(...page['value'].map(objectOf))
      const link = page['nextLink']
      const url = typeof link === 'string' ? new URL(link) : undefined
      next = url === undefined ? undefined : `${url.pathname}${url.search}`
    }
    return items
  }

  async #ask(method: string, path: string, body?: JsonObject): Promise<JsonObject | undefined> {
    const options = { token: this.#token, ...(body === undefined ? {} : { body }) }
    const answer: RawAnswer = await this.#client.send(method, path, options)
    if (answer.status === 404) return undefined
    if (answer.status !== 200) throw new Error(`${method} ${path} answered ${answer.status}`)
    return objectOf(JSON.parse(answer.body))
  }
}
