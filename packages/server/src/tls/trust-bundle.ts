// Two files that clients are pointed to: `ca.pem` where a variable adds to the roots a client has
// (NODE_EXTRA_CA_CERTS), `ca-bundle.pem` where it replaces them (SSL_CERT_FILE,
// REQUESTS_CA_BUNDLE).
import { X509Certificate } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { authorityOrganisation } from './certificate-authority.ts'

/** The paths of the two files. */
export interface TrustBundle {
  readonly caFile: string
  readonly bundleFile: string
}

/** Writes both files into `folder`, each replaced at one instant; public, so mode 0644. */
export async function writeTrustBundle(folder: string, caPem: string): Promise<TrustBundle> {
  const bundle = { caFile: join(folder, 'ca.pem'), bundleFile: join(folder, 'ca-bundle.pem') }
  const ca = ended(caPem)
  await replaceFile(bundle.caFile, ca)
  await replaceFile(bundle.bundleFile, [ca, ...publicRoots().map(ended)].join(''))
  return bundle
}

/**
 * The roots this machine trusts (Node reads SSL_CERT_FILE too), or Mozilla's where it has none.
 * When the server starts in a shell that has sourced `connect.env`, those are the bundle we wrote
 * the last time: a CA of ours that is in there is left out, so that a former one is not trusted for
 * ever.
 */
function publicRoots(): readonly string[] {
  // A root that a folder has under several names comes several times.
  const system = [...new Set(getCACertificates('system'))].filter((pem) => !isOurs(pem))
  return system.length > 0 ? system : getCACertificates('bundled')
}

function isOurs(pem: string): boolean {
  return new X509Certificate(pem).subject.split('\n').includes(`O=${authorityOrganisation}`)
}

async function replaceFile(file: string, text: string): Promise<void> {
  const written = `${file}.new`
  await writeFile(written, text, { mode: 0o644 })
  await rename(written, file)
}

function ended(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`
}
