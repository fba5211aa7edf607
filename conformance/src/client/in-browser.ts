import { CryptographyClient, KeyClient, SecretClient } from '@claviger/client/azure'
import { outcome } from './normalised.ts'
import { SECRET_BEHAVIOURS } from './secret-behaviours.ts'

// Bundled for a browser, where it finds what the page of the suite has put there.

interface Given {
  readonly url: string
  readonly token: string
}

/** What a browser sees of every behaviour with secrets, and of keys that it uses itself. */
export async function inBrowser({ url, token }: Given): Promise<Readonly<Record<string, unknown>>> {
  const getToken = (): Promise<{ token: string; expiresOnTimestamp: number }> =>
    Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 })
  const credential = { getToken }
  const side = { prefix: 'page', secrets: new SecretClient(url, credential) }
  const seen: Record<string, unknown> = {}
  for (const { what, run } of SECRET_BEHAVIOURS) {
    seen[what] = await outcome(() => run(side as never), side.prefix)
  }
  const keys = new KeyClient(url, credential)
  const message = new TextEncoder().encode('a message')
  const rsa = new CryptographyClient(await keys.createRsaKey('page-rsa'), credential)
  for (const algorithm of ['RS256', 'PS512'] as const) {
    const { result } = await rsa.signData(algorithm, message)
    seen[algorithm] = (await rsa.verifyData(algorithm, message, result)).result
  }
  for (const algorithm of ['RSA-OAEP', 'RSA-OAEP-256'] as const) {
    const { result } = await rsa.encrypt(algorithm, message)
    seen[algorithm] = new TextDecoder().decode((await rsa.decrypt(algorithm, result)).result)
  }
  const curve = new CryptographyClient(await keys.createEcKey('page-ec'), credential)
  const { result } = await curve.signData('ES256', message)
  seen['ES256'] = (await curve.verifyData('ES256', message, result)).result
  const k = crypto.getRandomValues(new Uint8Array(32))
  const oct = new CryptographyClient({ kty: 'oct', k })
  const wrapped = await oct.wrapKey('A256KW', k)
  const unwrapped = await oct.unwrapKey('A256KW', wrapped.result)
  seen['A256KW'] = unwrapped.result.every((octet, index) => octet === k[index])
  return seen
}
