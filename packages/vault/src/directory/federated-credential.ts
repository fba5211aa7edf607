import { randomUUID } from 'node:crypto'
import { Fault } from '../fault.ts'
import type { EpochSeconds } from '../time.ts'
import type { FederatedCredential } from './credential.ts'
import { parsePublicJwks } from './public-jwks.ts'

const MAXIMUM_CHARACTERS = 600
const MAXIMUM_JWKS_CHARACTERS = 65_536

/** Trust in another issuer's tokens for one subject. */
export interface NewFederatedCredential {
  readonly displayName: string
  readonly now: EpochSeconds
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
  readonly description?: string
  /** The issuer's public keys as a JWK set in JSON; without it they are fetched from the issuer. */
  readonly jwks?: string
}

/** @throws Fault InvalidInput */
export function federatedCredential({
  displayName,
  now,
  issuer,
  subject,
  audiences,
  description,
  jwks,
}: NewFederatedCredential): FederatedCredential {
  demandText('issuer', issuer)
  demandText('subject', subject)
  if (audiences.length === 0)
    throw invalid('audiences', 'name one at least, such as api://AzureADTokenExchange')
  for (const audience of audiences) demandText('audiences', audience)
  if (description !== undefined && description.length > MAXIMUM_CHARACTERS) {
    throw invalid('description', `it may have ${MAXIMUM_CHARACTERS} characters at most`)
  }
  if (jwks === undefined) demandReachable(issuer)
  else demandJwks(jwks)
  return {
    kind: 'federated',
    id: randomUUID(),
    displayName,
    createdAt: now,
    issuer,
    subject,
    audiences,
    ...(description === undefined ? {} : { description }),
    ...(jwks === undefined ? {} : { jwks }),
  }
}

function demandText(property: string, text: string): void {
  if (text.length >= 1 && text.length <= MAXIMUM_CHARACTERS) return
  throw invalid(property, `it must have 1 to ${MAXIMUM_CHARACTERS} characters`)
}

function demandReachable(issuer: string): void {
  const url = URL.parse(issuer)
  if (url?.protocol === 'https:' && url.search === '' && url.hash === '') return
  throw invalid('issuer', 'it must be an https URL, or its keys must be given as jwks')
}

function demandJwks(jwks: string): void {
  if (jwks.length > MAXIMUM_JWKS_CHARACTERS) {
    throw invalid('jwks', `it may have ${MAXIMUM_JWKS_CHARACTERS} characters at most`)
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(jwks)
  } catch {
    throw invalid('jwks', 'it is not JSON')
  }
  if ((parsePublicJwks(parsed)?.keys.length ?? 0) === 0) {
    throw invalid('jwks', 'it must be a JWK set with public keys')
  }
}

function invalid(property: string, reason: string): Fault<'InvalidInput'> {
  return new Fault('InvalidInput', { property, reason })
}
