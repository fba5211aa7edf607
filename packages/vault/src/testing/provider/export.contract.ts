import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { keyName } from '../../crypto/key-name.ts'
import type { KeySpec } from '../../crypto/key-spec.ts'
import type { Provider } from '../../crypto/provider.ts'
import { isFault } from '../../fault.ts'
import type { Secret } from '../../seal/secret.ts'
import type { ContractProvider } from './contract-provider.ts'
import { handleOf } from './key-set.ts'

/** Keys that certificates are made of. */
const OF_CERTIFICATES: readonly KeySpec[] = [
  { type: 'RSA', bits: 2048, publicExponent: 65_537 },
  ...(['P-256', 'P-384', 'P-521', 'secp256k1'] as const).map(
    (curve) => ({ type: 'EC', curve }) as const,
  ),
]

/** Letting the private half leave, or saying that it cannot. */
export function exportContract(name: string, open: () => Promise<ContractProvider>): void {
  describe(`${name}: export`, () => {
    let opened: ContractProvider
    let provider: Provider
    before(async () => {
      opened = await open()
      provider = opened.provider
    })
    after(() => opened.close())

    for (const spec of OF_CERTIFICATES) {
      it(`gives ${keyName(spec)} as PKCS #8 of its public half, or refuses`, async () => {
        const made = await provider.create(spec)
        const exported = await exportedOrRefused(provider.exportPrivateKey(handleOf(made)))
        if (exported === undefined) return
        const key = { key: Buffer.from(exported.reveal()), format: 'der', type: 'pkcs8' } as const
        const read = createPublicKey(createPrivateKey(key)).export({ format: 'jwk' })
        assert.deepEqual({ ...read }, { ...made.publicKey })
      })
    }

    it('gives octets that the caller may wipe, and the key still works', async () => {
      const handle = handleOf(await provider.create({ type: 'EC', curve: 'P-256' }))
      const exported = await exportedOrRefused(provider.exportPrivateKey(handle))
      const before = exported && Buffer.from(exported.reveal())
      exported?.wipe()
      const digest = new Uint8Array(32)
      const signature = await provider.sign(handle, 'ES256', digest)
      assert.equal(await provider.verify(handle, 'ES256', digest, signature), true)
      const again = await exportedOrRefused(provider.exportPrivateKey(handle))
      assert.deepEqual(again && Buffer.from(again.reveal()), before)
    })
  })
}

/** `undefined` where keys cannot leave their token. */
async function exportedOrRefused(answer: Promise<Secret>): Promise<Secret | undefined> {
  return await answer.catch((thrown: unknown) => {
    assert.ok(isFault(thrown, 'ProviderUnavailable'), String(thrown))
    return undefined
  })
}
