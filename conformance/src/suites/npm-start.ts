import { statSync } from 'node:fs'
import { findProgram } from '../machine/find-program.ts'
import type { Suite } from '../runner/suite.ts'
import { TestServer } from '../server/test-server.ts'
import { runReadme } from './readme-program.ts'

/** What README promises of `npm start`. */
export const npmStart: Suite = {
  name: 'npm-start',
  what: 'npm start prints its banner and writes the files that clients source',
  budgetSeconds: 120,
  async run(run) {
    const npm = findProgram('npm')
    if ('missing' in npm) {
      run.notRun('npm start', npm.missing)
      return
    }
    const server = await TestServer.start(run, { command: [npm.path, 'start', '--silent'] })
    await run.step('the banner says where the vault and its data are, and what to type', () => {
      const banner = server.started.banner()
      const wanted = ['https://default.vault.localhost:8443', server.place.dataDir, 'connect.env']
      const missing = [...wanted, 'curl'].filter((text) => !banner.includes(text))
      if (missing.length > 0) throw new Error(`It lacks ${missing.join(', ')}:\n${banner}`)
    })
    await run.step('what is secret is written for its owner alone', () => {
      for (const name of ['connect.env', 'connect-service-principal.env']) {
        const mode = statSync(server.file(name)).mode & 0o777
        if (mode !== 0o600) throw new Error(`${name} has mode ${mode.toString(8)}`)
      }
    })
    await run.step('connect.env names all that clients need', () => {
      const variables = server.variables('connect.env')
      const wanted = [
        'AZURE_KEYVAULT_URL', 'KEY_VAULT_NAME', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER',
        'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE',
      ]
      const missing = wanted.filter((name) => (variables[name] ?? '') === '')
      if (missing.length > 0) throw new Error(`It lacks ${missing.join(', ')}`)
    })
    await runReadme(run, server)
    await run.step('the files for clients stay valid over a restart', async () => {
      const before = server.variables('connect.env')
      await server.stop()
      await server.startAgain()
      const after = server.variables('connect.env')
      if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('connect.env changed')
      await server.token()
    })
  },
}
