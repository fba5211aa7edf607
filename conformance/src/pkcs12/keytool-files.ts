import { join } from 'node:path'
import type { Command } from '../machine/command.ts'
import type { Pkcs12File } from './pkcs12-file.ts'

const PASSWORD = 'password'

/** Java before 17, and before 8u301, knew only the old ciphers. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  'AES-256': [],
  'RC2 and 3DES': ['-J-Dkeystore.pkcs12.legacy'],
}

/** Key stores as Java writes them. */
export async function keytoolFiles(
  keytool: Command,
  folder: string,
): Promise<readonly Pkcs12File[]> {
  const files: Pkcs12File[] = []
  for (const [index, [what, options]] of Object.entries(FORMS).entries()) {
    const name = `keytool-${index}`
    const path = join(folder, `${name}.p12`)
    const store = ['-alias', 'key', '-keystore', path, '-storepass', PASSWORD]
    await keytool(
      ...options, '-genkeypair', ...store, '-storetype', 'PKCS12', '-keyalg', 'RSA',
      '-keysize', '2048', '-dname', 'CN=keytool.example', '-validity', '30',
    )
    const { output: certificate } = await keytool('-exportcert', '-rfc', ...store)
    const of = `keytool with ${what}`
    files.push({ what: of, name, path, password: PASSWORD, certificate, certificates: 1 })
  }
  return files
}
