import { decodeBase64url } from './base64url.ts'
import { MalformedMember, type JsonMembers } from './json-members.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

/** What a client says of a secret; absent members keep their value or default. */
export type SecretUpdateParameters = OmitUndefined<{
  readonly contentType: string | undefined
  readonly enabled: boolean | undefined
  readonly nbf: number | undefined
  readonly exp: number | undefined
  readonly tags: Readonly<Record<string, string>> | undefined
}>

export type SecretSetParameters = SecretUpdateParameters & { readonly value: string }

/**
 * The body of an update of a secret.
 * @throws MalformedMember
 */
export function readSecretUpdateParameters(body: JsonMembers): SecretUpdateParameters {
  const attributes = body.object('attributes')
  return omitUndefined({
    contentType: body.string('contentType'),
    enabled: attributes?.boolean('enabled'),
    nbf: attributes?.integer('nbf'),
    exp: attributes?.integer('exp'),
    tags: body.stringMap('tags'),
  })
}

/**
 * The body of a set of a secret.
 * @throws MalformedMember
 */
export function readSecretSetParameters(body: JsonMembers): SecretSetParameters {
  return { value: body.requiredString('value'), ...readSecretUpdateParameters(body) }
}

/**
 * The blob in the body of a restore.
 * @throws MalformedMember
 */
export function readRestoreParameters(body: JsonMembers): Uint8Array {
  const blob = decodeBase64url(body.requiredString('value'))
  if (blob !== undefined) return blob
  throw new MalformedMember('value', 'it must be base64url, as the backup gave it')
}
