import type { JsonWebKey } from '@claviger/client/azure'
import { type Behaviour, failure, listed, octetsOf, quickly } from './behaviour.ts'

const notBefore = new Date('2020-01-01T00:00:00Z')
const expiresOn = new Date('2037-12-31T23:59:59Z')

/** A key that is made here, with its private members. */
async function rsaToImport(): Promise<JsonWebKey<'RSA'>> {
  const { privateKey } = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    true,
    ['sign', 'verify'],
  )
  const {
    n = '',
    e = '',
    d = '',
    p = '',
    q = '',
    dp = '',
    dq = '',
    qi = '',
  } = await crypto.subtle.exportKey('jwk', privateKey)
  const octets = Object.entries({ n, e, d, p, q, dp, dq, qi }).map(
    ([name, text]) => [name, octetsOf(text)] as const,
  )
  return { kty: 'RSA', keyOps: ['sign', 'verify'], ...Object.fromEntries(octets) }
}

/** What is done with keys, but for using them. */
export const KEY_BEHAVIOURS: readonly Behaviour[] = [
  {
    what: 'RSA keys are made, with what is asked for',
    run: async ({ keys, prefix }) => [
      await keys.createRsaKey(`${prefix}-rsa`),
      await keys.createKey(`${prefix}-rsa-3072`, 'RSA', {
        keySize: 3072,
        keyOps: ['sign', 'verify'],
        notBefore,
        expiresOn,
        enabled: true,
        tags: { a: 'b' },
      }),
      await keys.createRsaKey(`${prefix}-rsa-hsm`, { hsm: true }),
    ],
  },
  ...(['P-256', 'P-384', 'P-521', 'P-256K'] as const).map(
    (curve) =>
      ({
        what: `a key of ${curve} is made and read`,
        run: async ({ keys, prefix }) => {
          const key = await keys.createEcKey(`${prefix}-${curve}`, { curve })
          const { version = '' } = key.properties
          return [key, await keys.getKey(`${prefix}-${curve}`, { version })]
        },
      }) satisfies Behaviour,
  ),
  {
    what: 'symmetric keys are made',
    run: async ({ keys, prefix }) => [
      await keys.createOctKey(`${prefix}-oct`, { keySize: 256 }),
      await keys.createOctKey(`${prefix}-oct-hsm`, { keySize: 128, hsm: true }),
    ],
  },
  {
    what: "a key of one's own is imported",
    run: async ({ keys, prefix }) => {
      const imported = await rsaToImport()
      const key = await keys.importKey(`${prefix}-imported`, imported, { tags: { a: 'b' } })
      const { n } = key.key
      return [key, n?.length, n?.every((octet, index) => octet === imported.n?.[index])]
    },
  },
  {
    what: 'a key is changed, with and without naming the version',
    run: async ({ keys, prefix }) => {
      const { properties } = await keys.createRsaKey(`${prefix}-changed`)
      const { version = '' } = properties
      return [
        await keys.updateKeyProperties(`${prefix}-changed`, version, {
          tags: { a: 'b' },
          expiresOn,
        }),
        await keys.updateKeyProperties(`${prefix}-changed`, { keyOps: ['sign'], enabled: false }),
        await keys.getKey(`${prefix}-changed`),
      ]
    },
  },
  {
    what: 'a key is rotated, and its versions are listed',
    run: async ({ keys, prefix }) => {
      await keys.createEcKey(`${prefix}-rotated`)
      const rotated = await keys.rotateKey(`${prefix}-rotated`)
      return [rotated, await listed(keys.listPropertiesOfKeyVersions(`${prefix}-rotated`), prefix)]
    },
  },
  {
    what: 'a rotation policy is read, set and read',
    run: async ({ keys, prefix }) => {
      const name = `${prefix}-rotated`
      return [
        await keys.getKeyRotationPolicy(name),
        await keys.updateKeyRotationPolicy(name, {
          expiresIn: 'P90D',
          lifetimeActions: [
            { action: 'Rotate', timeAfterCreate: 'P60D' },
            { action: 'Notify', timeBeforeExpiry: 'P10D' },
          ],
        }),
        await keys.getKeyRotationPolicy(name),
        await failure(keys.updateKeyRotationPolicy(name, { expiresIn: 'P1D' })),
      ]
    },
  },
  {
    what: 'keys are listed over pages',
    run: async ({ keys, prefix }) => {
      const sizes: number[] = []
      for await (const page of keys.listPropertiesOfKeys().byPage({ maxPageSize: 2 })) {
        sizes.push(page.length)
      }
      return [await listed(keys.listPropertiesOfKeys(), prefix), sizes.every((size) => size <= 2)]
    },
  },
  {
    what: 'a key is deleted, found, listed, recovered and purged',
    run: async ({ keys, prefix }) => {
      const name = `${prefix}-deleted`
      await keys.createEcKey(name)
      const deleted = await (await keys.beginDeleteKey(name, quickly)).pollUntilDone()
      const found = await keys.getDeletedKey(name)
      const all = await listed(keys.listDeletedKeys(), name)
      const refused = [await failure(keys.createEcKey(name)), await failure(keys.getKey(name))]
      const recovering = await keys.beginRecoverDeletedKey(name, quickly)
      const recovered = await recovering.pollUntilDone()
      await (await keys.beginDeleteKey(name, quickly)).pollUntilDone()
      await keys.purgeDeletedKey(name)
      return [deleted, found, all, refused, recovered, await failure(keys.getDeletedKey(name))]
    },
  },
  {
    what: 'a key is backed up and restored',
    run: async ({ keys, prefix }) => {
      const name = `${prefix}-backup`
      await keys.createEcKey(name)
      const backup = (await keys.backupKey(name)) ?? new Uint8Array()
      const refused = await failure(keys.restoreKeyBackup(backup))
      await (await keys.beginDeleteKey(name, quickly)).pollUntilDone()
      await keys.purgeDeletedKey(name)
      return [refused, await keys.restoreKeyBackup(backup)]
    },
  },
  {
    what: 'random octets are drawn',
    run: async ({ keys }) => [
      await keys.getRandomBytes(32),
      await failure(keys.getRandomBytes(129)),
    ],
  },
  {
    what: 'what cannot be is refused',
    run: async ({ keys, prefix }) => [
      await failure(keys.getKey(`${prefix}-nothing`)),
      await failure(keys.getKey(`${prefix}-rsa`, { version: 'f'.repeat(32) })),
      await failure(keys.createKey(`${prefix}-odd`, 'odd' as 'RSA')),
      await failure(keys.createRsaKey(`${prefix}-odd`, { keySize: 1234 as 2048 })),
      await failure(keys.createEcKey(`${prefix}-odd`, { curve: 'P-1' as 'P-256' })),
      await failure(keys.createRsaKey('under_score')),
      await failure(keys.rotateKey(`${prefix}-nothing`)),
      await failure(keys.releaseKey(`${prefix}-rsa`, 'no attestation')),
      await failure(keys.beginDeleteKey(`${prefix}-nothing`)),
      await failure(keys.purgeDeletedKey(`${prefix}-nothing`)),
      await failure(keys.restoreKeyBackup(new TextEncoder().encode('no backup'))),
    ],
  },
]
