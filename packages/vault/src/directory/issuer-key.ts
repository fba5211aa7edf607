import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import { Secret } from '../seal/secret.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/**
 * One of the keys a tenant's tokens are signed with; its private key (PKCS #8) is the record's
 * secret.
 */
export interface IssuerKey {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string
  readonly publicJwk: { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  readonly createdAt: EpochSeconds
  /** Signs from this time on, until a newer one does. */
  readonly signsFrom: EpochSeconds
}

/**
 * No token lives longer, so a key that has been replaced for this long verifies nothing any more.
 */
export const MAXIMUM_TOKEN_LIFETIME_SECONDS = 86_400

const MODULUS_BITS = 2048

/**
 * Makes a signing key (RSA-2048 for RS256) and puts it into the unit of work. The caller touches
 * the epoch, so that every worker knows the key.
 * @param signsFrom a later time than `now` lets those who verify elsewhere fetch the key first.
 */
export async function createIssuerKey(
  unit: UnitOfWork,
  tenant: string,
  now: EpochSeconds,
  signsFrom: EpochSeconds = now,
): Promise<IssuerKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: MODULUS_BITS,
  })
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' })
  const publicJwk = { kty: 'RSA', n, e } as const
  const kid = await calculateJwkThumbprint(publicJwk)
  const issuerKey: IssuerKey = { kid, publicJwk, createdAt: now, signsFrom }
  const key = issuerKeyKey(tenant, kid)
  await unit.get(key)
  const secret = new Secret(privateKey.export({ format: 'der', type: 'pkcs8' }))
  unit.put<IssuerKey>(key, { meta: issuerKey, secret })
  return issuerKey
}

/** In hexadecimal: a thumbprint in base64url has upper case, which record keys have not. */
export function issuerKeyKey(tenant: string, kid: string): RecordKey {
  return recordKeyOf(tenant, 'issuer-key', Buffer.from(kid, 'base64url').toString('hex'))
}

export function issuerKeyPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'issuer-key')
}

/** An issuer key with the time when the last token signed by it has expired. */
export interface ScheduledIssuerKey {
  readonly key: IssuerKey
  /** `Infinity` while no newer key is there. */
  readonly verifiesUntil: EpochSeconds
}

/** The keys in the order in which they sign, each with the end of its use. */
export function scheduleOf(keys: readonly IssuerKey[]): readonly ScheduledIssuerKey[] {
  const ordered = keys.toSorted((a, b) => a.signsFrom - b.signsFrom || a.createdAt - b.createdAt)
  return ordered.map((key, index) => {
    const next = ordered[index + 1]
    const verifiesUntil =
      next === undefined
        ? Number.POSITIVE_INFINITY
        : next.signsFrom + MAXIMUM_TOKEN_LIFETIME_SECONDS
    return { key, verifiesUntil }
  })
}
