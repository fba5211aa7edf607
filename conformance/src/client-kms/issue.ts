import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { variable } from '../programs/step.ts'

/** A certificate (PEM) for a request, by an authority of the openssl command that lives as long. */
export function issue(csr: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-issued-'))
  const openssl = (...args: readonly string[]): void => {
    execFileSync(variable('OPENSSL'), args, { cwd: folder, stdio: 'pipe' })
  }
  try {
    writeFileSync(join(folder, 'csr.pem'), csr)
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key']
    openssl('req', '-x509', ...key, '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Authority/C=CN')
    const by = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2']
    openssl('x509', '-req', '-in', 'csr.pem', ...by, '-out', 'issued.pem')
    return readFileSync(join(folder, 'issued.pem'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
