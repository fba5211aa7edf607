import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type SecureContextOptions } from 'node:tls'
import { DefaultAzureCredential } from '@azure/identity'
import { SecretClient } from '@azure/keyvault-secrets'
import { variable } from './step.ts'
import { TLS_CASES } from './tls-cases.ts'

// TLS servers that run on what the vault has at the moment, until the program is ended. Prints
// `serving name port` for each, and `serving all` when no more will come.

const secrets = new SecretClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())

/** Key, certificate and chain, as their secret has them. */
async function context(name: string): Promise<SecureContextOptions> {
  const { value = '', properties } = await secrets.getSecret(name)
  return properties.contentType === 'application/x-pem-file'
    ? { key: value, cert: value }
    : { pfx: Buffer.from(value, 'base64'), passphrase: '' }
}

for (const { name } of TLS_CASES) {
  try {
    const server = createServer(await context(name), (socket) => {
      socket.on('error', () => {})
      socket.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo // it listens on a port
    console.log(`serving ${name} ${port}`)
  } catch (error) {
    console.error(name, error)
  }
}
console.log('serving all')
