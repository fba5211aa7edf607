import { loadX509 } from '../certificates/load-x509.ts'
import type { CreatedClientKey } from './client-keys.ts'

/**
 * The PKCS #12 file in which a client key is given out, in the form that all clients read.
 * @param password has no zero inside.
 * @throws Fault ProviderUnavailable
 */
export async function clientKeyPkcs12(
  { certificate, privateKey }: Pick<CreatedClientKey, 'certificate' | 'privateKey'>,
  password: string,
): Promise<Uint8Array> {
  const { writeOlderPkcs12 } = await loadX509()
  return await writeOlderPkcs12({ privateKey: privateKey.reveal(), certificate, password })
}
