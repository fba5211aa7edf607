import type {
  CryptographyClient,
  KeyWrapAlgorithm,
  SignatureAlgorithm,
} from '@claviger/client/azure'
import { type Behaviour, failure } from './behaviour.ts'
import type { Side } from './our-side.ts'

const message = new TextEncoder().encode('what is signed')

const SIGNATURES = [
  ['RS256', 'SHA-256', 'rsa'],
  ['RS384', 'SHA-384', 'rsa'],
  ['RS512', 'SHA-512', 'rsa'],
  ['PS256', 'SHA-256', 'rsa'],
  ['PS384', 'SHA-384', 'rsa'],
  ['PS512', 'SHA-512', 'rsa'],
  ['ES256', 'SHA-256', 'P-256'],
  ['ES384', 'SHA-384', 'P-384'],
  ['ES512', 'SHA-512', 'P-521'],
  ['ES256K', 'SHA-256', 'P-256K'],
] as const satisfies readonly (readonly [SignatureAlgorithm, string, string])[]

async function digestOf(hash: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, message))
}

const ENCRYPTIONS = ['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256'] as const

async function clientOf(
  { keys, cryptography, prefix }: Side,
  name: string,
): Promise<CryptographyClient> {
  return cryptography(await keys.getKey(`${prefix}-${name}`))
}

/** What keys are used for. The keys are those that `KEY_BEHAVIOURS` make. */
export const CRYPTOGRAPHY_BEHAVIOURS: readonly Behaviour[] = [
  ...SIGNATURES.map(([algorithm, hash, name]): Behaviour => ({
    what: `${algorithm} signs and verifies a digest, and knows a wrong signature`,
    run: async (side) => {
      const client = await clientOf(side, name)
      const digest = await digestOf(hash)
      const signed = await client.sign(algorithm, digest)
      const wrong = signed.result.map((octet, index) => (index === 9 ? octet ^ 1 : octet))
      return [
        signed,
        await client.verify(algorithm, digest, signed.result),
        (await client.verify(algorithm, digest, wrong)).result,
        await failure(client.sign(algorithm, digest.subarray(1))),
      ]
    },
  })),
  // Not PS*: the official client verifies their data with the padding of RS*, and says false.
  ...SIGNATURES.filter(([algorithm]) => !algorithm.startsWith('PS')).map(
    ([algorithm, , name]): Behaviour => ({
      what: `${algorithm} signs and verifies data`,
      run: async (side) => {
        const client = await clientOf(side, name)
        const signed = await client.signData(algorithm, message)
        return [signed, await client.verifyData(algorithm, message, signed.result)]
      },
    }),
  ),
  ...ENCRYPTIONS.map((algorithm): Behaviour => ({
    what: `${algorithm} encrypts and decrypts, wraps and unwraps`,
    run: async (side) => {
      const client = await clientOf(side, 'rsa')
      const sealed = await client.encrypt({ algorithm, plaintext: message })
      const wrapped = await client.wrapKey(algorithm, message)
      return [
        sealed,
        text(await client.decrypt({ algorithm, ciphertext: sealed.result })),
        wrapped,
        text(await client.unwrapKey(algorithm, wrapped.result)),
      ]
    },
  })),
  {
    what: 'AES in GCM encrypts and decrypts with additional data',
    run: async (side) => {
      const client = await clientOf(side, 'oct')
      const additionalAuthenticatedData = new TextEncoder().encode('beside')
      const parameters = { plaintext: message, additionalAuthenticatedData }
      const sealed = await client.encrypt({ algorithm: 'A256GCM', ...parameters })
      const { iv = new Uint8Array(), authenticationTag = new Uint8Array() } = sealed
      const given = { iv, authenticationTag, additionalAuthenticatedData }
      const ciphertext = sealed.result
      return [
        sealed,
        text(await client.decrypt({ algorithm: 'A256GCM', ciphertext, ...given })),
        await failure(client.decrypt({ algorithm: 'A256GCM', ciphertext: message, ...given })),
      ]
    },
  },
  ...(['A256CBC', 'A256CBCPAD'] as const).map((algorithm): Behaviour => ({
    what: `${algorithm} encrypts and decrypts`,
    run: async (side) => {
      const client = await clientOf(side, 'oct')
      const iv = new Uint8Array(16).fill(7)
      const plaintext = new Uint8Array(32).fill(65)
      const sealed = await client.encrypt({ algorithm, plaintext, iv })
      return [sealed, text(await client.decrypt({ algorithm, ciphertext: sealed.result, iv }))]
    },
  })),
  ...(
    [
      'A256KW',
      'CKM_AES_KEY_WRAP',
      'CKM_AES_KEY_WRAP_PAD',
    ] as const satisfies readonly KeyWrapAlgorithm[]
  ).map((algorithm): Behaviour => ({
    what: `${algorithm} wraps and unwraps`,
    run: async (side) => {
      const client = await clientOf(side, 'oct')
      const wrapped = await client.wrapKey(algorithm, new Uint8Array(32).fill(65))
      return [wrapped, text(await client.unwrapKey(algorithm, wrapped.result))]
    },
  })),
  {
    what: 'a client by id alone, with and without its version, signs',
    run: async ({ keys, cryptography, prefix }) => {
      const digest = await digestOf('SHA-256')
      const { id = '' } = await keys.getKey(`${prefix}-P-256`)
      const base = id.slice(0, id.lastIndexOf('/'))
      return [
        await cryptography(id).sign('ES256', digest),
        (await cryptography(base).sign('ES256', digest)).keyID === id,
        await keys.getCryptographyClient(`${prefix}-P-256`).sign('ES256', digest),
      ]
    },
  },
  {
    what: 'an algorithm that the key does not have is refused',
    run: async (side) => {
      const digest = await digestOf('SHA-256')
      const rsa = await clientOf(side, 'rsa')
      const curve = await clientOf(side, 'P-256')
      return [
        await failure(rsa.sign('ES256', digest)),
        await failure(curve.sign('RS256', digest)),
        await failure(curve.sign('ES384', await digestOf('SHA-384'))),
        await failure(rsa.decrypt('RSA-OAEP', message)),
        await failure(rsa.unwrapKey('RSA-OAEP', message)),
      ]
    },
  },
  {
    what: 'a key at hand encrypts and wraps without the service',
    run: async ({ keys, cryptography, local, prefix }) => {
      const { key, id = '' } = await keys.getKey(`${prefix}-rsa`)
      const sealed = await local(key).encrypt('RSA-OAEP', message)
      const wrapped = await local(key).wrapKey('RSA-OAEP', message)
      return [
        text(await cryptography(id).decrypt('RSA-OAEP', sealed.result)),
        text(await cryptography(id).unwrapKey('RSA-OAEP', wrapped.result)),
      ]
    },
  },
]

function text({ result }: { readonly result: Uint8Array }): string {
  return new TextDecoder().decode(result)
}
