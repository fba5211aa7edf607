/** A refusal of the request itself, before any operation, in Azure Resource Manager's shape. */
export class ArmRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'ArmRefusal'
    this.status = status
    this.code = code
    this.headers = headers
  }
}
