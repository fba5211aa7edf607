import { CryptographyClient } from '@claviger/client/azure'
import { CERTIFICATE_BEHAVIOURS } from './certificate-behaviours.ts'
import { CRYPTOGRAPHY_BEHAVIOURS } from './cryptography-behaviours.ts'
import { KEY_BEHAVIOURS } from './key-behaviours.ts'
import { outcome } from './normalised.ts'
import { SECRET_BEHAVIOURS } from './secret-behaviours.ts'
import { clientsOf } from './our-side.ts'

// Bundled for runtimes that are not Node.

interface Given {
  readonly url: string
  readonly token: string
  /** What the names of its objects begin with. */
  readonly prefix: string
}

/** What a runtime sees of every behaviour, and of keys that it uses itself. */
export async function seen(given: Given): Promise<Readonly<Record<string, unknown>>> {
  const { url, token, prefix } = given
  const getToken = (): Promise<{ token: string; expiresOnTimestamp: number }> =>
    Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 })
  const side = clientsOf(url, { getToken }, prefix)
  const outcomes: Record<string, unknown> = {}
  for (const [area, behaviours] of [
    ['secrets', SECRET_BEHAVIOURS],
    ['keys', KEY_BEHAVIOURS],
    ['cryptography', CRYPTOGRAPHY_BEHAVIOURS],
    ['certificates', CERTIFICATE_BEHAVIOURS],
  ] as const) {
    for (const { what, run } of behaviours) {
      outcomes[`${area}: ${what}`] = await outcome(() => run(side), side.prefix)
    }
  }
  const message = new TextEncoder().encode('a message')
  const rsa = side.cryptography(await side.keys.createRsaKey(`${prefix}-used`))
  for (const algorithm of ['PS256', 'PS384', 'PS512'] as const) {
    const { result } = await rsa.signData(algorithm, message)
    outcomes[algorithm] = (await rsa.verifyData(algorithm, message, result)).result
  }
  const k = crypto.getRandomValues(new Uint8Array(32))
  const oct = new CryptographyClient({ kty: 'oct', k })
  const wrapped = await oct.wrapKey('A256KW', k)
  const unwrapped = await oct.unwrapKey('A256KW', wrapped.result)
  outcomes['A256KW'] = unwrapped.result.every((octet, index) => octet === k[index])
  return outcomes
}
