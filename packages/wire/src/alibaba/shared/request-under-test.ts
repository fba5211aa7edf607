import type { RawRequest } from './raw-request.ts'
import { readParameters } from './read-parameters.ts'
import { readSignedRequest } from './read-signed-request.ts'
import type { SignedRequest } from './signed-request.ts'

export const SECRET = Buffer.from('testsecret')

/** A POST without anything, but for what the test says. */
export function rawRequest(members: Partial<RawRequest> = {}): RawRequest {
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: { host: 'kms.cn-hangzhou.aliyuncs.com' },
    body: new Uint8Array(0),
    ...members,
  }
}

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const

export function readRequest(raw: RawRequest): SignedRequest {
  return readSignedRequest(raw, readParameters(raw))
}

/** As a form encoder writes it, with `+` for a blank. */
export function encodeQuery(pairs: Iterable<readonly [string, string]>): string {
  return new URLSearchParams([...pairs].map(([name, value]) => [name, value])).toString()
}
