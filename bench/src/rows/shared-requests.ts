import { alibaba } from '@claviger/wire'
import type { RowLoad, RowRequest } from './row.ts'
import type { Signers } from './signers.ts'

const { shared } = alibaba

/** More than any machine answers, so that no request of a load comes twice. */
const MOST_PER_SECOND = 20_000
const HOST = 'kms.cn-hangzhou'
const METHOD = 'POST'

/** Requests of the shared gateway by RPC, all alike but for their nonces and so their signatures. */
export function sharedRequests(
  { signers: { accessKey }, seconds }: Pick<RowLoad, 'signers' | 'seconds'>,
  parameters: Readonly<Record<string, string>>,
): RowRequest {
  const now = Date.now()
  const paths = Array.from({ length: seconds * MOST_PER_SECOND }, (_, index) =>
    signedPath(accessKey, { ...parameters, SignatureNonce: `${now}-${index}` }, now),
  )
  const signed = { host: HOST, headers: {} }
  return { method: METHOD, paths, once: true, body: '', signed, status: 200 }
}

/**
 * The check of such a request's signature, once its parameters are read: what is signed is put
 * together, and its HMAC.
 */
export function sharedSignature(parameters: Readonly<Record<string, string>>): () => unknown {
  const accessKey = { id: 'LTAI00000000000000000000', secret: Buffer.alloc(30, 'secret') }
  const nonce = { SignatureNonce: '1700000000000-100000' }
  const path = signedPath(accessKey, { ...parameters, ...nonce }, Date.now())
  const query = path.slice(path.indexOf('?') + 1)
  const raw = { method: METHOD, path: '/', query, headers: {}, body: new Uint8Array() }
  const request = shared.readSignedRequest(raw, shared.readParameters(raw))
  const check = (): boolean =>
    shared.verifySignature(request, { kind: 'secret', secret: accessKey.secret })
  if (!check()) throw new Error('what is measured would be a check that fails')
  return check
}

function signedPath(
  { id, secret }: Signers['accessKey'],
  parameters: Readonly<Record<string, string>>,
  now: number,
): string {
  const all = {
    Version: shared.API_VERSION,
    Format: 'JSON',
    AccessKeyId: id,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    Timestamp: shared.formatWireTime(Math.floor(now / 1000)),
    ...parameters,
  }
  const text = shared.rpcStringToSign(METHOD, Object.entries(all))
  const query = Object.entries({ ...all, Signature: shared.signRpc(text, 'HMAC-SHA1', secret) })
    .map(([name, value]) => `${name}=${shared.percentEncode(value)}`)
    .join('&')
  return `/?${query}`
}
