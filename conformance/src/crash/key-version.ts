import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { lastSegment } from './noun.ts'
import type { Observer } from './observer.ts'

export type KeyKind = 'EC' | 'oct'

/** What can be known of a version of a key from outside. */
export interface KeyVersion {
  readonly id: string | undefined
  readonly kind: KeyKind
  readonly mark: string
  /** Set with the mark by one change; a rotation keeps the mark and leaves it out. */
  readonly expires: number | undefined
  /**
   * What no other key has: the public key or, of a key that shows nothing, 16 octets wrapped with
   * it, which is the same every time (RFC 3394). `undefined` while nobody has seen it.
   */
  readonly fingerprint: string | undefined
}

const WRAPPED = Buffer.alloc(16, 7).toString('base64url')

/** The request that shows whether the key is the one it was. */
export interface Proof {
  readonly use: 'sign' | 'wrapkey'
  readonly operationName: 'KeySign' | 'KeyWrap'
  readonly body: JsonObject
  /**
   * The fingerprint of the key that has answered.
   * @throws Error when the answer is not of the key with the fingerprint known so far.
   */
  fingerprint(answer: JsonObject): string
}

export function keyVersionOf(item: JsonObject): KeyVersion {
  const key = objectOf(item['key'])
  const expires = objectOf(item['attributes'])['exp']
  const x = textOf(key, 'x')
  return {
    // An item of a list has its id outside.
    id: lastSegment(textOf(key, 'kid') || textOf(item, 'kid')),
    kind: textOf(key, 'kty') === 'oct' ? 'oct' : 'EC',
    mark: textOf(objectOf(item['tags']), 'mark'),
    expires: typeof expires === 'number' ? expires : undefined,
    fingerprint: x === '' ? undefined : `${x}.${textOf(key, 'y')}`,
  }
}

/** A use of the key whose answer only this key can have given. */
export function proofOf({ kind, fingerprint }: KeyVersion): Proof {
  if (kind === 'oct') {
    return {
      use: 'wrapkey',
      operationName: 'KeyWrap',
      body: { alg: 'A128KW', value: WRAPPED },
      fingerprint: (answer) => same(fingerprint, textOf(answer, 'value')),
    }
  }
  const message = randomBytes(16)
  const digest = createHash('sha256').update(message).digest('base64url')
  return {
    use: 'sign',
    operationName: 'KeySign',
    body: { alg: 'ES256', value: digest },
    fingerprint: (answer) => {
      const signature = Buffer.from(textOf(answer, 'value'), 'base64url')
      if (!isSigned(fingerprint ?? '', message, signature)) {
        throw new Error('the signature is not of the public key that the vault has shown')
      }
      return fingerprint ?? ''
    },
  }
}

/** Uses a version that was read; it must be the key that it is said to be. */
export async function provenKey(
  observer: Observer,
  name: string,
  version: KeyVersion,
): Promise<KeyVersion> {
  const proof = proofOf(version)
  const answer = await observer.post(`/keys/${name}/${version.id}/${proof.use}`, proof.body)
  return { ...version, fingerprint: proof.fingerprint(answer) }
}

function isSigned(fingerprint: string, message: Buffer, signature: Buffer): boolean {
  const [x = '', y = ''] = fingerprint.split('.')
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

function same(known: string | undefined, found: string): string {
  if (known === undefined || known === found) return found
  throw new Error('another key has answered than before')
}
