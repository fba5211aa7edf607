import { sha256Hex } from '../digest.ts'
import type { ClientKey } from './client-key.ts'
import type { Operation } from './message-fields.ts'

export const KEY_VERSION_HEADER = 'x-kms-migrationkeyversionid'
const CONTENT_TYPE = 'application/x-protobuf'

export interface RequestToSign {
  readonly operation: Operation
  readonly body: Uint8Array<ArrayBuffer>
  readonly date: Date
  /** For ciphertexts that do not name it. */
  readonly keyVersionId?: string | undefined
}

/** The headers of a `POST /` with this body, signed; all but host and user-agent. */
export async function signRequest(
  clientKey: ClientKey,
  { operation, body, date, keyVersionId }: RequestToSign,
): Promise<Readonly<Record<string, string>>> {
  const bodyHash = (await sha256Hex(body)).toUpperCase()
  const headers: Readonly<Record<string, string>> = {
    accept: CONTENT_TYPE,
    'content-sha256': bodyHash,
    'content-type': CONTENT_TYPE,
    date: date.toUTCString(),
    // Three c's: so the wire spells it.
    'x-kms-acccesskeyid': clientKey.keyId,
    'x-kms-apiname': operation,
    'x-kms-apiversion': 'dkms-gcs-0.2',
    ...(keyVersionId === undefined ? {} : { [KEY_VERSION_HEADER]: keyVersionId }),
    'x-kms-signaturemethod': 'RSA_PKCS1_SHA_256',
  }
  return { ...headers, authorization: `Bearer ${await clientKey.sign(stringToSign(headers))}` }
}

/** Method, three headers, every header that begins with `x-kms-` by its name, and the path. */
export function stringToSign(headers: Readonly<Record<string, string>>): string {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-kms-'))
    .sort()
    .map((name) => `${name}:${headers[name]}`)
  const fixed = ['content-sha256', 'content-type', 'date'].map((name) => headers[name] ?? '')
  return ['POST', ...fixed, ...own, '/'].join('\n')
}
