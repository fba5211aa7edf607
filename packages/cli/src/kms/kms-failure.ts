import { ClavigerError } from '@claviger/client/azure'

/** A failure of a call to KMS, where other things help than with a vault. */
export class KmsFailure extends Error {
  override readonly name = 'KmsFailure'
  override readonly cause: ClavigerError

  constructor(cause: ClavigerError) {
    super(cause.message)
    this.cause = cause
  }
}

/** What a call to KMS gives. @throws KmsFailure */
export async function fromKms<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call
  } catch (error) {
    throw error instanceof ClavigerError ? new KmsFailure(error) : error
  }
}
