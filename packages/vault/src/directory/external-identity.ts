import { hash } from 'node:crypto'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import { SYSTEM } from './tenant.ts'

/** A user as an external OpenID Connect provider names it; the two together are for ever one person. */
export interface ExternalIdentity {
  readonly issuer: string
  readonly subject: string
}

/** Which user of ours it is. */
export interface ExternalIdentityIndex {
  readonly tenant: string
  readonly principal: string
}

export function externalIdentityKey({ issuer, subject }: ExternalIdentity): RecordKey {
  const digest = hash('sha256', JSON.stringify([issuer, subject]), 'hex')
  return recordKeyOf(SYSTEM, 'external-identity', digest)
}
