import { cleanEnvironment } from '../machine/clean-environment.ts'
import { type ProgramResult, runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { caFile, vaultHost } from '../server/start-server.ts'
import type { TestServer } from '../server/test-server.ts'

/** TLS 1.2 and 1.3 are spoken, 1.1 is not, and the certificate is right for each name. */
export async function checkTls(run: SuiteRun, server: TestServer): Promise<void> {
  const { openssl } = run.machine
  if ('missing' in openssl) {
    run.notRun('TLS handshakes', openssl.missing)
    return
  }
  const host = vaultHost(server.place)
  const shake = (...args: string[]): Promise<ProgramResult> =>
    runProgram(
      openssl.path,
      [
        's_client', '-connect', `127.0.0.1:${server.place.port}`, '-servername', host,
        '-CAfile', caFile(server.place), '-verify_return_error', ...args,
      ],
      { cwd: run.folder, env: cleanEnvironment(run.folder), limitSeconds: 20 },
    )
  for (const [option, version] of [['-tls1_2', 'TLSv1.2'], ['-tls1_3', 'TLSv1.3']] as const) {
    await run.step(`${version} is spoken`, async () => {
      const { code, output, errors } = await shake(option)
      if (code !== 0 || !output.includes(`New, ${version}`)) throw new Error(errors)
    })
  }
  await run.step('TLSv1.1 is refused by the server', async () => {
    // At level 0 the client itself would speak it; the alert has to come from the other side.
    const { code, errors } = await shake('-tls1_1', '-cipher', 'ALL:@SECLEVEL=0')
    if (code === 0) throw new Error('The handshake succeeded.')
    if (!/alert (protocol version|handshake failure)|:0A00042E:/i.test(errors)) {
      throw new Error(`The server did not refuse it: ${errors}`)
    }
  })
  for (const name of [host, `login.${server.place.domain}`, 'localhost']) {
    await run.step(`the certificate is right for ${name}`, async () => {
      const { code, errors } = await shake('-verify_hostname', name)
      if (code !== 0) throw new Error(errors)
    })
  }
}
