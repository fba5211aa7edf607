import { Fault, type SignInFailure } from '../fault.ts'

/** A sign-in that failed. The reason is for the audit; a door gives one answer for all of them. */
export function failedSignIn(reason: SignInFailure): Fault<'SignInFailed'> {
  return new Fault('SignInFailed', { reason })
}
