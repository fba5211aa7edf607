import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../machine/command.ts'
import type { Pkcs12File } from './pkcs12-file.ts'

interface Form {
  readonly what: string
  readonly options: readonly string[]
  readonly password: string
}

const OLD_3DES = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
const BARE = ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac']

/** As OpenSSL writes them today, and as it and others have written them before 2021. */
const FORMS: readonly Form[] = [
  { what: 'AES-256 and a password', options: [], password: 'pässword' },
  { what: 'AES-256 and an empty password', options: [], password: '' },
  { what: 'RC2 and 3DES and a password', options: ['-legacy'], password: 'pässword' },
  { what: 'RC2 and 3DES and an empty password', options: ['-legacy'], password: '' },
  { what: '3DES and a password', options: ['-legacy', ...OLD_3DES], password: 'password' },
  { what: 'no cipher and no MAC', options: BARE, password: '' },
]

const KEYS: Readonly<Record<string, readonly string[]>> = {
  RSA: ['rsa:2048'],
  EC: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
}

const AUTHORITY_KEY = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']

/** Each form with a key of each type, the certificate with its chain. */
export async function opensslFiles(
  openssl: Command,
  folder: string,
): Promise<readonly Pkcs12File[]> {
  const at = (name: string): string => join(folder, name)
  const [authority, authorityKey] = [at('authority.pem'), at('authority.key')]
  const request = ['req', '-x509', '-nodes', '-days', '30']
  await openssl(
    ...request, '-newkey', ...AUTHORITY_KEY, '-subj', '/CN=conformance authority',
    '-keyout', authorityKey, '-out', authority,
  )
  const files: Pkcs12File[] = []
  for (const [type, newKey] of Object.entries(KEYS)) {
    const [leaf, key] = [at(`${type}.pem`), at(`${type}.key`)]
    await openssl(
      ...request, '-newkey', ...newKey, '-subj', `/CN=${type}.example`,
      '-CA', authority, '-CAkey', authorityKey, '-keyout', key, '-out', leaf,
    )
    for (const [index, { what, options, password }] of FORMS.entries()) {
      const name = `openssl-${type}-${index}`
      const path = at(`${name}.p12`)
      await openssl(
        'pkcs12', '-export', '-inkey', key, '-in', leaf, '-certfile', authority,
        ...options, '-passout', `pass:${password}`, '-out', path,
      )
      const certificate = readFileSync(leaf, 'utf8')
      const of = `openssl with ${type}, ${what}`
      files.push({ what: of, name, path, password, certificate, certificates: 2 })
    }
  }
  return files
}
