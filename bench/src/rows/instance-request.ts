import { verify } from 'node:crypto'
import { alibaba } from '@claviger/wire'
import { RSA_KEY, RSA_PUBLIC_KEY } from './bench-keys.ts'
import type { RowLoad, RowRequest } from './row.ts'

const { instance } = alibaba

type Operation = alibaba.instance.Operation

/**
 * An operation of the instance gateway. One request does for a load: its date is good for a quarter
 * of an hour, and this wire has no nonce.
 */
export function instanceRequest<Name extends Operation>(
  { signers: { clientKey } }: Pick<RowLoad, 'signers'>,
  operation: Name,
  message: Partial<alibaba.instance.RequestOf<Name>>,
): RowRequest {
  const body = instance.encodeMessage(instance.OPERATIONS[operation].request, message)
  const headers = instance.signRequest({
    operation,
    body,
    accessKeyId: clientKey.id,
    privateKey: clientKey.privateKey,
    date: Math.floor(Date.now() / 1000),
  })
  const signed = { host: 'kst-default.cryptoservice.kms', headers }
  return { method: 'POST', paths: ['/'], body, signed, status: 200 }
}

/** The check of such a request's signature, RSA of 2048 bits, without anything around it. */
export function instanceSignature(operation: Operation): () => unknown {
  const headers = instance.signRequest({
    operation,
    body: new Uint8Array(),
    accessKeyId: 'KAAP.00000000-0000-4000-8000-000000000000',
    privateKey: RSA_KEY,
    date: 0,
  })
  const text = Buffer.from(instance.stringToSign('POST', headers))
  const signature = Buffer.from(headers['authorization']?.slice('Bearer '.length) ?? '', 'base64')
  const check = (): boolean => verify('sha256', text, RSA_PUBLIC_KEY, signature)
  if (!check()) throw new Error('what is measured would be a check that fails')
  return check
}
