import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command } from '../machine/command.ts'
import { programPath } from '../machine/strip-programs.ts'
import { keytoolFiles } from '../pkcs12/keytool-files.ts'
import { opensslFiles } from '../pkcs12/openssl-files.ts'
import type { Pkcs12File } from '../pkcs12/pkcs12-file.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** PKCS #12 files of other programs taken by the vault, and the vault's opened by them. */
export async function checkPkcs12Files(run: SuiteRun, server: TestServer): Promise<void> {
  const { openssl, keytool } = run.machine
  if ('missing' in openssl) {
    run.notRun('PKCS #12 files of other programs', openssl.missing)
    return
  }
  const [folder, out] = [join(run.folder, 'pkcs12'), join(run.folder, 'pkcs12-out')]
  mkdirSync(folder)
  mkdirSync(out)
  const runOpenssl = command(openssl.path, run.folder)
  const runKeytool = 'missing' in keytool ? undefined : command(keytool.path, run.folder)
  // Not counted as not run: it is one more program of many that write such files.
  if ('missing' in keytool) run.note(`Files of Java: ${keytool.missing}.`)
  const files = [
    ...(await opensslFiles(runOpenssl, folder)),
    ...(runKeytool === undefined ? [] : await keytoolFiles(runKeytool, folder)),
  ]
  const list = join(folder, 'files.json')
  writeFileSync(list, JSON.stringify(files))
  const result = await runClient(run, [run.machine.runtime, programPath('pkcs12')], {
    sourced: [server.file('connect.env')],
    variables: { PKCS12_FILES: list, PKCS12_OUT: out },
  })
  countChecks(run, 'PKCS #12', result)
  for (const file of files) {
    const path = join(out, `${file.name}.p12`)
    await run.step(`openssl opens what the vault gives for a file of ${file.what}`, async () => {
      const opened = await runOpenssl('pkcs12', '-in', path, '-passin', 'pass:', '-nodes')
      demandSame(opened.output, file)
    })
    if (runKeytool === undefined) continue
    await run.step(`keytool opens what the vault gives for a file of ${file.what}`, async () => {
      const store = ['-keystore', path, '-storetype', 'PKCS12', '-storepass', '']
      const { output } = await runKeytool('-list', ...store)
      if (!output.includes('PrivateKeyEntry')) throw new Error(output)
    })
  }
}

/** @throws Error when key or certificates are others than those of the file. */
function demandSame(pem: string, { certificate, certificates }: Pkcs12File): void {
  const [wanted, found] = [new X509Certificate(certificate), new X509Certificate(pem)]
  if (found.fingerprint256 !== wanted.fingerprint256) throw new Error('Another one comes first.')
  if (!wanted.checkPrivateKey(createPrivateKey(pem))) throw new Error('It has another key.')
  const count = pem.match(CERTIFICATE)?.length
  if (count !== certificates) throw new Error(`It has ${count} certificates, not ${certificates}.`)
}
