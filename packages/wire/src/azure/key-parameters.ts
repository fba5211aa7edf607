import type { JsonMembers } from './json-members.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

/** What a client says of a key; absent members keep their value or default. */
export type KeyUpdateParameters = OmitUndefined<{
  readonly keyOps: readonly string[] | undefined
  readonly enabled: boolean | undefined
  readonly nbf: number | undefined
  readonly exp: number | undefined
  readonly exportable: boolean | undefined
  readonly hasReleasePolicy: boolean | undefined
  readonly tags: Readonly<Record<string, string>> | undefined
}>

export type KeyCreateParameters = KeyUpdateParameters & { readonly kty: string } & OmitUndefined<{
    readonly keySize: number | undefined
    readonly publicExponent: number | undefined
    readonly crv: string | undefined
  }>

/** The private numbers of a JSON Web Key, octets; RSA has all of its factors or none. */
export type PrivateJsonWebKey =
  | {
      readonly kty: 'RSA'
      readonly n: Uint8Array
      readonly e: Uint8Array
      readonly d: Uint8Array
      readonly primes?: RsaPrimes
    }
  | {
      readonly kty: 'EC'
      readonly crv: string
      readonly x: Uint8Array
      readonly y: Uint8Array
      readonly d: Uint8Array
    }
  | { readonly kty: 'OKP'; readonly crv: string; readonly x: Uint8Array; readonly d: Uint8Array }
  | { readonly kty: 'oct'; readonly k: Uint8Array }

export interface RsaPrimes {
  readonly p: Uint8Array
  readonly q: Uint8Array
  readonly dp: Uint8Array
  readonly dq: Uint8Array
  readonly qi: Uint8Array
}

export type KeyImportParameters = KeyUpdateParameters & {
  readonly key: PrivateJsonWebKey
  /** The type ends in `-HSM`, or the member `Hsm` says so. */
  readonly hsm: boolean
}

/** @throws MalformedMember */
export function readKeyUpdateParameters(body: JsonMembers): KeyUpdateParameters {
  return { ...readProperties(body), ...omitUndefined({ keyOps: body.strings('key_ops') }) }
}

/** @throws MalformedMember */
export function readKeyCreateParameters(body: JsonMembers): KeyCreateParameters {
  const publicExponent = body.integer('public_exponent')
  return {
    kty: body.requiredString('kty'),
    ...omitUndefined({
      keySize: body.integer('key_size'),
      // The SDK for Java writes 0 for each RSA key whose maker has said none.
      publicExponent: publicExponent === 0 ? undefined : publicExponent,
      crv: body.string('crv'),
    }),
    ...readKeyUpdateParameters(body),
  }
}

/** @throws MalformedMember */
export function readKeyImportParameters(body: JsonMembers): KeyImportParameters {
  const jwk = body.requiredObject('key')
  jwk.demandAbsent('key_hsm', 'it must be left out: wrapped keys cannot be imported here')
  const { type, hsm } = keyTypeOf(jwk.requiredString('kty'))
  return {
    key: readPrivateKey(jwk, type),
    hsm: hsm || body.boolean('Hsm') === true,
    ...readProperties(body),
    ...omitUndefined({ keyOps: jwk.strings('key_ops') }),
  }
}

/** `RSA-HSM` is `RSA` with a mark; which types there are is not this function's to know. */
export function keyTypeOf(kty: string): { readonly type: string; readonly hsm: boolean } {
  const hsm = kty.endsWith('-HSM')
  return { type: hsm ? kty.slice(0, -'-HSM'.length) : kty, hsm }
}

function readProperties(body: JsonMembers): KeyUpdateParameters {
  const attributes = body.object('attributes')
  const notHere = 'it must be left out: keys elsewhere cannot be used here'
  attributes?.demandAbsent('external_key', notHere)
  return omitUndefined({
    keyOps: undefined,
    enabled: attributes?.boolean('enabled'),
    nbf: attributes?.integer('nbf'),
    exp: attributes?.integer('exp'),
    exportable: attributes?.boolean('exportable'),
    hasReleasePolicy: body.object('release_policy') === undefined ? undefined : true,
    tags: body.stringMap('tags'),
  })
}

function readPrivateKey(jwk: JsonMembers, kty: string): PrivateJsonWebKey {
  switch (kty) {
    case 'RSA':
      return readRsaKey(jwk)
    case 'EC':
      return {
        kty,
        crv: jwk.requiredString('crv'),
        x: jwk.requiredOctets('x'),
        y: jwk.requiredOctets('y'),
        d: jwk.requiredOctets('d'),
      }
    case 'OKP':
      return {
        kty,
        crv: jwk.requiredString('crv'),
        x: jwk.requiredOctets('x'),
        d: jwk.requiredOctets('d'),
      }
    case 'oct':
      return { kty, k: jwk.requiredOctets('k') }
    default:
      throw jwk.malformed('kty', 'it must be RSA, RSA-HSM, EC, EC-HSM, oct, oct-HSM or OKP')
  }
}

function readRsaKey(jwk: JsonMembers): PrivateJsonWebKey {
  jwk.demandAbsent('oth', 'it must be left out: the key must have two primes')
  const numbers = {
    kty: 'RSA',
    n: jwk.requiredOctets('n'),
    e: jwk.requiredOctets('e'),
    d: jwk.requiredOctets('d'),
  } as const
  const names = ['p', 'q', 'dp', 'dq', 'qi'] as const
  // RFC 7518 §6.3.2: whoever gives one of them gives them all.
  if (names.every((name) => jwk.octets(name) === undefined)) return numbers
  const [p, q, dp, dq, qi] = [
    jwk.requiredOctets('p'),
    jwk.requiredOctets('q'),
    jwk.requiredOctets('dp'),
    jwk.requiredOctets('dq'),
    jwk.requiredOctets('qi'),
  ]
  return { ...numbers, primes: { p, q, dp, dq, qi } }
}
