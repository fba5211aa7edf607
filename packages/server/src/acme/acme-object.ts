import { AcmeFailure } from './acme-failure.ts'

/** A JSON object of an ACME server, read member by member; nothing is believed to be there. */
export class AcmeObject {
  readonly #members: ReadonlyMap<string, unknown>

  private constructor(value: object) {
    this.#members = new Map(Object.entries(value))
  }

  /** `undefined` for what is no JSON object. */
  static parse(bytes: Uint8Array): AcmeObject | undefined {
    try {
      return AcmeObject.of(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    } catch {
      return undefined
    }
  }

  /** `undefined` for what is no object. */
  static of(value: unknown): AcmeObject | undefined {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? new AcmeObject(value) : undefined
  }

  /** A text; `undefined` for anything else. */
  text(name: string): string | undefined {
    const value = this.#members.get(name)
    return typeof value === 'string' ? value : undefined
  }

  /** @throws AcmeFailure when there is no such text. */
  demandText(name: string): string {
    return this.text(name) ?? missing(name)
  }

  isTrue(name: string): boolean {
    return this.#members.get(name) === true
  }

  object(name: string): AcmeObject | undefined {
    return AcmeObject.of(this.#members.get(name))
  }

  /** Empty for what is no list; entries that are no objects are left out. */
  objects(name: string): readonly AcmeObject[] {
    return this.#list(name).flatMap((entry) => AcmeObject.of(entry) ?? [])
  }

  /** Empty for what is no list; entries that are no texts are left out. */
  texts(name: string): readonly string[] {
    return this.#list(name).filter((entry) => typeof entry === 'string')
  }

  #list(name: string): readonly unknown[] {
    const value: unknown = this.#members.get(name)
    return Array.isArray(value) ? value : []
  }
}

function missing(name: string): never {
  throw new AcmeFailure(`The ACME server has sent an answer without ${name}.`, { mayPass: true })
}
