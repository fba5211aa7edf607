import type { KeySpec, PublicKey } from '../crypto/key-spec.ts'
import type { NewKey } from '../crypto/provider.ts'
import { Fault, isFault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { KeyHead, KeyRef } from './key.ts'
import { makeKey } from './key-material.ts'
import { readDescribedKey } from './read-described-key.ts'
import { auditedKey, keyTarget } from './read-key.ts'

/** How key material is encrypted on its way here. */
export type ImportWrapping = 'RSA1_5' | 'RSA-OAEP' | 'RSA-OAEP-256' | 'SM2'

const TOKEN_SECONDS = 86_400
const PURPOSE = 'key-import'

export interface ImportParameters {
  readonly head: KeyHead
  /** Encrypts the material. */
  readonly publicKey: PublicKey
  /** Sealed; given back with the material. */
  readonly token: Uint8Array
  readonly expires: EpochSeconds
}

/** A token that was opened. */
export interface ImportToken {
  readonly version: string
  readonly wrapping: ImportWrapping
  readonly spec: KeySpec
  readonly publicKey: PublicKey
  readonly material: Secret
}

/** What is sealed in a token; the private half is nowhere else. */
interface SealedToken {
  readonly vaultId: string
  readonly name: string
  readonly version: string
  readonly wrapping: ImportWrapping
  readonly spec: KeySpec
  readonly publicKey: PublicKey
  /** Base64. */
  readonly material: string
  readonly expires: EpochSeconds
}

/**
 * Makes a pair of keys for the way of key material to this key, even if it waits for its destruction;
 * the token holds for a day, any number of times.
 */
export const getImportParameters = operation<
  { readonly key: KeyRef; readonly wrapping: ImportWrapping },
  ImportParameters
>({
  name: 'KeyImportParametersGet',
  permission: 'keys/import',
  writes: false,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.head.current.version),

  async run(context, { key, wrapping }) {
    const { unit, vault, now } = context
    const container = vault()
    const { head } = await readDescribedKey(unit, container, key)
    demandExternal(head)
    const spec: KeySpec =
      wrapping === 'SM2'
        ? { type: 'EC', curve: 'SM2' }
        : { type: 'RSA', bits: 2048, publicExponent: 65_537 }
    const made = await makeKey(context, () => context.provider.create(spec))
    const { publicKey } = made
    if (publicKey === undefined) throw new TypeError('a wrapping key has a public half')
    const expires = now + TOKEN_SECONDS
    const token = await sealToken(context, container, head, made, wrapping, expires)
    return { head, publicKey, token, expires }
  },
})

/** @throws Fault KeyNotExternal */
export function demandExternal({ current }: KeyHead): void {
  if (current.external !== true) throw new Fault('KeyNotExternal', { name: current.name })
}

async function sealToken(
  { seal }: Pick<OperationContext, 'seal'>,
  vault: VaultRecord,
  { current: { name, version } }: KeyHead,
  { spec, publicKey, material }: NewKey,
  wrapping: ImportWrapping,
  expires: EpochSeconds,
): Promise<Uint8Array> {
  if (publicKey === undefined) throw new TypeError('a wrapping key has a public half')
  const content: SealedToken = {
    vaultId: vault.id,
    name: name.toLowerCase(),
    version,
    wrapping,
    spec,
    publicKey,
    material: Buffer.from(material.reveal()).toString('base64'),
    expires,
  }
  const plaintext = Buffer.from(JSON.stringify(content))
  try {
    return await seal.sealBlob(`tenant.${vault.tenant}`, PURPOSE, plaintext)
  } finally {
    plaintext.fill(0)
  }
}

/** @throws Fault ImportTokenInvalid for one that was made elsewhere, for another key, or long ago. */
export async function openImportToken(
  { seal, vault, now }: Pick<OperationContext, 'seal' | 'vault' | 'now'>,
  { current: { name, version } }: KeyHead,
  token: Uint8Array,
): Promise<ImportToken> {
  const { id, tenant } = vault()
  let opened: Uint8Array
  try {
    opened = await seal.openBlob(`tenant.${tenant}`, PURPOSE, token)
  } catch (thrown) {
    if (!isFault(thrown, 'RecordCorrupt')) throw thrown
    throw new Fault('ImportTokenInvalid', { reason: 'foreign' })
  }
  try {
    // One that opens was sealed above.
    const content = JSON.parse(new TextDecoder().decode(opened)) as SealedToken
    const isThis =
      content.vaultId === id &&
      content.name === name.toLowerCase() &&
      content.version === version
    if (!isThis) throw new Fault('ImportTokenInvalid', { reason: 'otherKey' })
    if (content.expires <= now) throw new Fault('ImportTokenInvalid', { reason: 'expired' })
    const { wrapping, spec, publicKey } = content
    const material = new Secret(Buffer.from(content.material, 'base64'))
    return { version, wrapping, spec, publicKey, material }
  } finally {
    opened.fill(0)
  }
}
