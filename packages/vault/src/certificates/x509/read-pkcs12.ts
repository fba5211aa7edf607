import { Fault } from '../../fault.ts'
import { OpensslMemory, terminated } from './openssl-memory.ts'
import { loadOpensslPkcs12 } from './openssl-pkcs12.ts'
import { Pkcs12File } from './pkcs12-file.ts'

/** What a file holds: the key it is about, and certificates as they came. */
export interface ReadPkcs12 {
  /** PKCS #8 in DER; the caller wipes it. */
  readonly privateKey: Uint8Array | undefined
  /** DER, in the order of the file. */
  readonly certificates: readonly Uint8Array[]
}

/**
 * Opens a PKCS #12 file, of today's ciphers or of older ones. `undefined` when it does not open:
 * a wrong password looks like damage.
 * @throws Fault CertificateUnreadable when it asks for too much computing, or for what is not known;
 *   TooManyRequests, ProviderUnavailable
 */
export async function readPkcs12(
  file: Uint8Array,
  password: string,
): Promise<ReadPkcs12 | undefined> {
  const secret = terminated(password)
  if (secret === undefined) return undefined
  const openssl = await loadOpensslPkcs12()
  const memory = new OpensslMemory(openssl)
  try {
    return await new Pkcs12File(openssl, memory, secret).read(file)
  } catch (thrown) {
    if (thrown instanceof Fault) throw thrown
    return undefined
  } finally {
    memory.free()
    secret.fill(0)
  }
}
