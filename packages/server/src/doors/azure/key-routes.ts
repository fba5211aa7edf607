import { Secret, type KeyProperties, type KeyRef } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { curveOf } from '../../rest/curve-names.ts'
import { encryptionAlgorithm, signatureAlgorithm, wrapAlgorithm } from './key-names.ts'
import { listResult, pageInput } from './paging.ts'
import {
  decryptionResult,
  deletedKeyBundle,
  deletedKeyItem,
  encryptionResult,
  keyBundle,
  keyItem,
  randomBytesResult,
  rotationPolicyBundle,
  versionId,
} from './render-key.ts'
import type { AzureRoute, RouteRequest } from './route.ts'

/** The published operations on keys, but for those in `unserved-key-routes.ts`. */
export const KEY_ROUTES: readonly AzureRoute[] = [
  {
    method: 'POST',
    path: '/keys/:name/create',
    since: '2016-10-01',
    operation: 'keys/create',
    successStatus: 200,
    async answer(request) {
      const { kty, keySize, publicExponent, crv, ...more } = azure.readKeyCreateParameters(
        request.body(),
      )
      const input = {
        key: keyOf(request),
        ...azure.keyTypeOf(kty),
        ...azure.omitUndefined({ bits: keySize, publicExponent, curve: crv && curveOf(crv) }),
        ...properties(more),
      }
      return keyBundle(request, await request.vault.keys.create(request.call, input))
    },
  },
  {
    method: 'PUT',
    path: '/keys/:name',
    since: '2016-10-01',
    operation: 'keys/import',
    successStatus: 200,
    async answer(request) {
      const { key: numbers, hsm, ...more } = azure.readKeyImportParameters(request.body())
      try {
        const named = 'crv' in numbers ? { ...numbers, crv: curveOf(numbers.crv) } : numbers
        const input = { key: keyOf(request), numbers: named, hsm, ...properties(more) }
        return keyBundle(request, await request.vault.keys.import(request.call, input))
      } finally {
        wipeNumbers(numbers)
      }
    },
  },
  {
    method: 'PATCH',
    path: '/keys/:name/:version?',
    since: '2016-10-01',
    operation: 'keys/update',
    successStatus: 200,
    async answer(request) {
      const changes = properties(azure.readKeyUpdateParameters(request.body()))
      const input = { key: keyOf(request), ...changes }
      return keyBundle(request, await request.vault.keys.update(request.call, input))
    },
  },
  {
    method: 'GET',
    path: '/keys/:name/:version?',
    since: '2016-10-01',
    operation: 'keys/get',
    successStatus: 200,
    async answer(request) {
      return keyBundle(request, await request.vault.keys.get(request.call, { key: keyOf(request) }))
    },
  },
  {
    method: 'GET',
    path: '/keys',
    since: '2016-10-01',
    operation: 'keys/list',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request) }
      const page = await request.vault.keys.list(request.call, input)
      return listResult(request, '/keys', page, (found) => keyItem(request, found))
    },
  },
  {
    method: 'GET',
    path: '/keys/:name/versions',
    since: '2016-10-01',
    operation: 'keys/listVersions',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, name: request.name, ...pageInput(request) }
      const page = await request.vault.keys.listVersions(request.call, input)
      const path = `/keys/${request.name}/versions`
      return listResult(request, path, page, (found) => keyItem(request, found, found.version))
    },
  },
  {
    method: 'DELETE',
    path: '/keys/:name',
    since: '2016-10-01',
    operation: 'keys/delete',
    successStatus: 200,
    async answer(request) {
      const deleted = await request.vault.keys.delete(request.call, { key: keyOf(request) })
      return deletedKeyBundle(request, deleted)
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/backup',
    since: '2016-10-01',
    operation: 'keys/backup',
    successStatus: 200,
    async answer(request) {
      const blob = await request.vault.keys.backup(request.call, { key: keyOf(request) })
      return { value: azure.encodeBase64url(blob) } satisfies azure.BackupResult
    },
  },
  {
    method: 'POST',
    path: '/keys/restore',
    since: '2016-10-01',
    operation: 'keys/restore',
    successStatus: 200,
    async answer(request) {
      const blob = (): Uint8Array => azure.readRestoreParameters(request.body())
      const input = { vault: request.container.name, blob }
      return keyBundle(request, await request.vault.keys.restore(request.call, input))
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/rotate',
    since: '7.3-preview',
    operation: 'keys/rotate',
    successStatus: 200,
    async answer(request) {
      const key = keyOf(request)
      return keyBundle(request, await request.vault.keys.rotate(request.call, { key }))
    },
  },
  {
    method: 'GET',
    path: '/keys/:name/rotationpolicy',
    since: '7.3-preview',
    operation: 'keys/getRotationPolicy',
    successStatus: 200,
    async answer(request) {
      const key = keyOf(request)
      const policy = await request.vault.keys.getRotationPolicy(request.call, { key })
      return rotationPolicyBundle(request, policy)
    },
  },
  {
    method: 'PUT',
    path: '/keys/:name/rotationpolicy',
    since: '7.3-preview',
    operation: 'keys/setRotationPolicy',
    successStatus: 200,
    async answer(request) {
      const rules = azure.readKeyRotationPolicyParameters(request.body())
      const input = { key: keyOf(request), ...rules }
      const policy = await request.vault.keys.setRotationPolicy(request.call, input)
      return rotationPolicyBundle(request, policy)
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/sign',
    since: '2016-10-01',
    operation: 'keys/sign',
    successStatus: 200,
    async answer(request) {
      const { alg, digest } = azure.readKeySignParameters(request.body())
      const input = { key: keyOf(request), algorithm: signatureAlgorithm(alg), digest }
      const { key, signature } = await request.vault.keys.sign(request.call, input)
      const value = azure.encodeBase64url(signature)
      return { kid: versionId(request, key), value } satisfies azure.KeyOperationResult
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/verify',
    since: '2016-10-01',
    operation: 'keys/verify',
    successStatus: 200,
    async answer(request) {
      const { alg, ...given } = azure.readKeyVerifyParameters(request.body())
      const input = { key: keyOf(request), algorithm: signatureAlgorithm(alg), ...given }
      const { valid } = await request.vault.keys.verify(request.call, input)
      return { value: valid } satisfies azure.KeyVerifyResult
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/encrypt',
    since: '2016-10-01',
    operation: 'keys/encrypt',
    successStatus: 200,
    async answer(request) {
      const { alg, ...given } = azure.readKeyOperationParameters(request.body())
      const algorithm = encryptionAlgorithm(alg)
      return withPlaintext(given, async (input) => {
        const sent = { key: keyOf(request), algorithm, ...input }
        const encrypted = await request.vault.keys.encrypt(request.call, sent)
        return encryptionResult(request, encrypted, given.aad)
      })
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/decrypt',
    since: '2016-10-01',
    operation: 'keys/decrypt',
    successStatus: 200,
    async answer(request) {
      const { alg, ...given } = azure.readKeyOperationParameters(request.body())
      const input = { key: keyOf(request), algorithm: encryptionAlgorithm(alg), ...cipher(given) }
      return decryptionResult(request, await request.vault.keys.decrypt(request.call, input))
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/wrapkey',
    since: '2016-10-01',
    operation: 'keys/wrapKey',
    successStatus: 200,
    async answer(request) {
      const { alg, ...given } = azure.readKeyOperationParameters(request.body())
      const algorithm = wrapAlgorithm(alg)
      return withPlaintext(given, async (input) => {
        const sent = { key: keyOf(request), algorithm, ...input }
        const wrapped = await request.vault.keys.wrapKey(request.call, sent)
        return encryptionResult(request, wrapped, given.aad)
      })
    },
  },
  {
    method: 'POST',
    path: '/keys/:name/:version/unwrapkey',
    since: '2016-10-01',
    operation: 'keys/unwrapKey',
    successStatus: 200,
    async answer(request) {
      const { alg, ...given } = azure.readKeyOperationParameters(request.body())
      const input = { key: keyOf(request), algorithm: wrapAlgorithm(alg), ...cipher(given) }
      return decryptionResult(request, await request.vault.keys.unwrapKey(request.call, input))
    },
  },
  {
    method: 'POST',
    path: '/rng',
    since: '7.3-preview',
    operation: 'keys/getRandomBytes',
    successStatus: 200,
    async answer(request) {
      const count = azure.readRandomBytesParameters(request.body())
      const input = { vault: request.container.name, count }
      return randomBytesResult(await request.vault.keys.getRandomBytes(request.call, input))
    },
  },
  {
    method: 'GET',
    path: '/deletedkeys',
    since: '2016-10-01',
    operation: 'keys/listDeleted',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request) }
      const page = await request.vault.keys.listDeleted(request.call, input)
      return listResult(request, '/deletedkeys', page, (one) => deletedKeyItem(request, one))
    },
  },
  {
    method: 'GET',
    path: '/deletedkeys/:name',
    since: '2016-10-01',
    operation: 'keys/getDeleted',
    successStatus: 200,
    async answer(request) {
      const deleted = await request.vault.keys.getDeleted(request.call, { key: keyOf(request) })
      return deletedKeyBundle(request, deleted)
    },
  },
  {
    method: 'POST',
    path: '/deletedkeys/:name/recover',
    since: '2016-10-01',
    operation: 'keys/recover',
    successStatus: 200,
    async answer(request) {
      const key = keyOf(request)
      return keyBundle(request, await request.vault.keys.recover(request.call, { key }))
    },
  },
  {
    method: 'DELETE',
    path: '/deletedkeys/:name',
    since: '2016-10-01',
    operation: 'keys/purge',
    successStatus: 204,
    async answer(request) {
      const input = { key: keyOf(request) }
      while (!(await request.vault.keys.purge(request.call, input)).done);
      return undefined
    },
  },
]

function keyOf({ container, name, version }: RouteRequest): KeyRef {
  return { vault: container.name, name, ...(version === undefined ? {} : { version }) }
}

interface GivenProperties extends Partial<Omit<KeyProperties, 'keyOperations'>> {
  readonly keyOperations?: readonly string[]
  readonly exportable?: boolean
  readonly hasReleasePolicy?: boolean
}

/** The wire's members under the domain's names. */
function properties(given: azure.KeyUpdateParameters): GivenProperties {
  return azure.omitUndefined({
    enabled: given.enabled,
    notBefore: given.nbf,
    expires: given.exp,
    exportable: given.exportable,
    hasReleasePolicy: given.hasReleasePolicy,
    keyOperations: given.keyOps,
    tags: given.tags,
  })
}

type GivenOctets = Omit<azure.KeyOperationParameters, 'alg'>

interface PlainOctets {
  readonly plaintext: Secret
  readonly iv?: Uint8Array
  readonly additionalData?: Uint8Array
}

/** Hands a plaintext over and wipes it afterwards; the request's text stays until collected. */
async function withPlaintext<Answer>(
  { value, iv, aad }: GivenOctets,
  use: (input: PlainOctets) => Promise<Answer>,
): Promise<Answer> {
  const plaintext = new Secret(value)
  try {
    return await use({ plaintext, ...azure.omitUndefined({ iv, additionalData: aad }) })
  } finally {
    plaintext.wipe()
  }
}

function cipher({ value, iv, tag, aad }: GivenOctets): {
  readonly ciphertext: Uint8Array
  readonly iv?: Uint8Array
  readonly tag?: Uint8Array
  readonly additionalData?: Uint8Array
} {
  return { ciphertext: value, ...azure.omitUndefined({ iv, tag, additionalData: aad }) }
}

/** Best effort: the JSON text that they came in stays until it is collected. */
function wipeNumbers(key: azure.PrivateJsonWebKey): void {
  const secrets = key.kty === 'oct' ? [key.k] : [key.d]
  const primes = key.kty === 'RSA' && key.primes !== undefined ? Object.values(key.primes) : []
  for (const octets of [...secrets, ...primes]) if (octets instanceof Uint8Array) octets.fill(0)
}
