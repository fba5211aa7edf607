import type { JsonMembers } from './json-members.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

/** The body of encrypt, decrypt, wrapkey and unwrapkey. */
export type KeyOperationParameters = {
  readonly alg: string
  readonly value: Uint8Array
} & OmitUndefined<{
  readonly iv: Uint8Array | undefined
  readonly aad: Uint8Array | undefined
  readonly tag: Uint8Array | undefined
}>

/** @throws MalformedMember */
export function readKeyOperationParameters(body: JsonMembers): KeyOperationParameters {
  return {
    alg: body.requiredString('alg'),
    value: body.requiredOctets('value'),
    ...omitUndefined({
      iv: body.octets('iv'),
      aad: body.octets('aad'),
      tag: body.octets('tag'),
    }),
  }
}

export interface KeySignParameters {
  readonly alg: string
  readonly digest: Uint8Array
}

/** @throws MalformedMember */
export function readKeySignParameters(body: JsonMembers): KeySignParameters {
  return { alg: body.requiredString('alg'), digest: body.requiredOctets('value') }
}

export interface KeyVerifyParameters extends KeySignParameters {
  readonly signature: Uint8Array
}

/** @throws MalformedMember */
export function readKeyVerifyParameters(body: JsonMembers): KeyVerifyParameters {
  return {
    alg: body.requiredString('alg'),
    digest: body.requiredOctets('digest'),
    signature: body.requiredOctets('value'),
  }
}

/**
 * The `count` of random octets.
 * @throws MalformedMember
 */
export function readRandomBytesParameters(body: JsonMembers): number {
  const count = body.integer('count')
  if (count === undefined) throw body.malformed('count', 'it must be given')
  return count
}
