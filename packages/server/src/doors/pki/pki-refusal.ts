/** What this door refuses, with a sentence for whoever reads it. */
export class PkiRefusal extends Error {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'PkiRefusal'
    this.status = status
    this.headers = headers
  }
}
