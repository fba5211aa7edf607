import type { TestServer } from './test-server.ts'

/** The tenant as a client learns it: from the challenge. */
export async function tenantOf(server: TestServer): Promise<string> {
  const client = server.client(1)
  try {
    const { headers } = await client.send('GET', '/secrets?api-version=7.4')
    const challenge = headers['www-authenticate'] ?? ''
    const [, tenant] = /authorization="https:\/\/[^/"]+\/([0-9a-f-]{36})"/.exec(challenge) ?? []
    if (tenant === undefined) throw new Error(`The challenge names no tenant: ${challenge}`)
    return tenant
  } finally {
    client.close()
  }
}
