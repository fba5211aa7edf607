import type { RequestFacts } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { signInFacts } from '../sign-in/sign-in-facts.ts'
import { ENTRA_ERRORS } from './entra-error.ts'
import { refusalOf } from './render-error.ts'

/** What the audit records of a request to the login host. */
export function entraFacts(request: WireRequest): RequestFacts {
  const statusOf = (thrown: unknown): number => ENTRA_ERRORS[refusalOf(thrown).row].status
  return signInFacts(request, originOf(request), statusOf)
}
