import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { Credential } from './credential.ts'
import { externalIdentityKey } from './external-identity.ts'
import { SYSTEM } from './tenant.ts'

/** Whose credential has this id; a signed request names nothing else. */
export interface SigningKeyIndex {
  readonly tenant: string
  readonly principal: string
  /** Id of the credential. */
  readonly credential: string
}

const FORM = /^(?:LTAI[0-9A-Za-z]{20}|KAAP\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Tells whether a text could be the id of an access key or client key of this server. */
export function isSigningKeyId(text: string): boolean {
  return FORM.test(text)
}

/** Of two ids that differ in case alone one is made; who looks one up compares the credential's. */
export function signingKeyIndexKey(id: string): RecordKey {
  return recordKeyOf(SYSTEM, 'signing-key', id.toLowerCase())
}

/** The id that requests are signed under; `undefined` for credentials of other kinds. */
export function signingKeyIdOf(credential: Credential): string | undefined {
  if (credential.kind === 'accessKey') return credential.accessKeyId
  return credential.kind === 'clientKey' ? credential.clientKeyId : undefined
}

/** The records besides itself that exist for a credential. */
export function indexKeysOf(credential: Credential): readonly RecordKey[] {
  if (credential.kind === 'external') return [externalIdentityKey(credential)]
  const id = signingKeyIdOf(credential)
  return id === undefined ? [] : [signingKeyIndexKey(id)]
}
