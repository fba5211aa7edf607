/** Why an order has failed: a sentence for whoever reads the operation, without any key. */
export class AcmeFailure extends Error {
  /** The same order may succeed later: nobody has to change anything. */
  readonly mayPass: boolean
  /** The last word of the problem's type (RFC 8555 §6.7), such as `rateLimited`. */
  readonly type: string | undefined

  constructor(
    message: string,
    { mayPass = false, type, cause }: {
      readonly mayPass?: boolean
      readonly type?: string
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause })
    this.name = 'AcmeFailure'
    this.mayPass = mayPass
    this.type = type
  }
}
