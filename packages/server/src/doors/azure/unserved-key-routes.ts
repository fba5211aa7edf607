import type { AzureMethod, UnservedRoute } from './route.ts'
import { WireRefusal } from './wire-refusal.ts'

const SECURE_WRAP_SINCE = '2026-01-01-preview'

/** Published operations on keys that are not offered yet, so that clients are told so in words. */
export const UNSERVED_KEY_ROUTES: readonly UnservedRoute[] = [
  unserved('POST', '/keys/:name/release', '7.3-preview', 'release'),
  unserved('POST', '/keys/:name/:version/release', '7.3-preview', 'release'),
  unserved('GET', '/keys/:name/attestation', '7.6-preview.2', 'attestation'),
  unserved('GET', '/keys/:name/:version/attestation', '7.6-preview.2', 'attestation'),
  unserved('POST', '/keys/:name/:version/securewrapkey', SECURE_WRAP_SINCE, 'securewrapkey'),
  unserved('POST', '/keys/:name/:version/secureunwrapkey', SECURE_WRAP_SINCE, 'secureunwrapkey'),
]

function unserved(
  method: AzureMethod,
  path: string,
  since: UnservedRoute['since'],
  name: string,
): UnservedRoute {
  return {
    method,
    path,
    since,
    successStatus: 200,
    async answer() {
      throw new WireRefusal(
        400,
        'NotSupported',
        `Operation "${name}" is not enabled for this vault. Keys cannot leave this server, and it ` +
          'attests none; use wrapkey and unwrapkey for keys that have to.',
      )
    },
  }
}
