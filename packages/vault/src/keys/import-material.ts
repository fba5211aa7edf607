import { createHash, timingSafeEqual } from 'node:crypto'
import type { KeyHandle, Provider } from '../crypto/provider.ts'
import { Fault, isFault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { demandExternal, openImportToken, type ImportToken } from './import-parameters.ts'
import {
  deletedKeyKey,
  hasMaterial,
  keyKey,
  keyMaterialKey,
  keyVersionKey,
  type DeletedKeyHead,
  type KeyHead,
  type KeyRef,
  type KeyVersion,
} from './key.ts'
import { changeKeyDues } from './key-due.ts'
import { makeKey } from './key-material.ts'
import { destroyKey, handlesOfVersions } from './purge-key.ts'
import { readDescribedKey, type DescribedKey } from './read-described-key.ts'
import { auditedKey, keyTarget, readKeyHead } from './read-key.ts'

export interface ImportMaterialInput {
  readonly key: KeyRef
  readonly token: Uint8Array
  /** The material under the public key that came with the token. */
  readonly encrypted: Uint8Array
  /** When it is to be forgotten; never when absent. */
  readonly expires?: EpochSeconds
}

/**
 * Gives a key that was made without it its material, or again the same one. A key that had none is
 * enabled by it.
 * @throws Fault KeyNotExternal, ImportTokenInvalid; KeyInvalid for material that does not open, has
 *   another length, or is not the material that the key had before.
 */
export const importMaterial = operation<ImportMaterialInput, KeyHead>({
  name: 'KeyImport',
  permission: 'keys/import',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.current.version),

  async run(context, { key, token, encrypted, expires }) {
    const { unit, vault, now, provider } = context
    if (expires !== undefined && expires <= now) {
      throw invalidInput('KeyMaterialExpireUnix', 'it must be a time to come, or 0 for never')
    }
    const container = vault()
    const head = await readKeyHead(unit, container, key)
    demandExternal(head)
    const opened = await openImportToken(context, head, token)
    const k = await unwrapped(provider, opened, encrypted)
    try {
      const { spec, name, version, materialDigest } = head.current
      if ((spec.type !== 'oct' && spec.type !== 'SM4') || k.byteLength * 8 !== spec.bits) {
        throw materialInvalid('it does not have the length that the key needs')
      }
      const digest = createHash('sha256').update(k).digest()
      if (materialDigest !== undefined) demandSame(digest, materialDigest)
      const made = await makeKey(context, () => provider.import({ kty: spec.type, k }))
      const { awaitsMaterial: _, materialExpires: __, ...before } = head.current
      const current: KeyVersion = {
        ...before,
        materialId: made.materialId,
        materialDigest: digest.toString('base64url'),
        updated: now,
        enabled: before.enabled || !hasMaterial(head.current, now),
        ...(expires === undefined ? {} : { materialExpires: expires }),
      }
      const at = keyMaterialKey(container, name, version)
      await destroyReplaced(context, name)
      await unit.claimOne(at)
      unit.put(at, { meta: {}, secret: made.material })
      return await putVersion(context, { head }, current)
    } finally {
      k.fill(0)
    }
  },
})

export interface DeleteMaterialInput {
  readonly key: KeyRef
  /** Nothing is done unless it has expired: what was to be done may have been put off meanwhile. */
  readonly expired?: true
}

/**
 * Destroys the material of a key that was imported, even of one that waits for its destruction; the
 * same can be imported again.
 */
export const deleteMaterial = operation<DeleteMaterialInput, KeyHead>({
  name: 'KeyMaterialDelete',
  permission: 'keys/delete',
  writes: true,
  target: keyTarget,
  auditId: ({ key }, output) => auditedKey(key, output?.current.version),

  async run(context, { key, expired }) {
    const { unit, vault, now } = context
    const container = vault()
    const described = await readDescribedKey(unit, container, key)
    const { head } = described
    demandExternal(head)
    if (expired === true && (head.current.materialExpires ?? Infinity) > now) return head
    const { name, version } = head.current
    const { materialExpires: _, ...before } = head.current
    const current: KeyVersion = {
      ...before,
      awaitsMaterial: true,
      materialId: randomHexId(),
      updated: now,
    }
    const at = keyMaterialKey(container, name, version)
    await destroyReplaced(context, name)
    if (await unit.claimOne(at)) unit.delete(at)
    return await putVersion(context, described, current)
  },
})

/** The material so far, of the one version that such a key has, in the provider too. */
async function destroyReplaced(context: OperationContext, name: string): Promise<void> {
  const { provider, commitThrough, commitUnit } = context
  const handles = await handlesOfVersions(context, name, 1)
  if (handles.length === 0) return
  commitThrough(async (audit) => {
    await commitUnit(audit)
    for (const handle of handles) await destroyKey(provider, handle)
  })
}

async function putVersion(
  { unit, vault }: OperationContext,
  { head, deletion }: DescribedKey,
  current: KeyVersion,
): Promise<KeyHead> {
  const container = vault()
  const at = keyVersionKey(container, current.name, current.version)
  await unit.get(at)
  const after: KeyHead = { ...head, current }
  unit.put<KeyVersion>(at, { meta: current })
  if (deletion === undefined) {
    await changeKeyDues(unit, container, head, after)
    unit.put<KeyHead>(keyKey(container, current.name), { meta: after })
  } else {
    const meta: DeletedKeyHead = { ...after, ...deletion }
    unit.put<DeletedKeyHead>(deletedKeyKey(container, current.name), { meta })
  }
  return after
}

async function unwrapped(
  provider: Provider,
  { wrapping, spec, publicKey, material }: ImportToken,
  encrypted: Uint8Array,
): Promise<Uint8Array> {
  const handle: KeyHandle = {
    id: `key-import/${randomHexId()}`,
    spec,
    publicKey,
    load: async () => material,
  }
  try {
    const input = { ciphertext: encrypted }
    return wrapping === 'SM2'
      ? await provider.decrypt(handle, 'SM2PKE', input)
      : await provider.unwrap(handle, wrapping, input)
  } catch (thrown) {
    if (!isFault(thrown, 'DecryptionFailed') && !isFault(thrown, 'InvalidInput')) throw thrown
    throw materialInvalid('it does not open with the key of the token')
  } finally {
    await provider.destroy(handle)
    material.wipe()
  }
}

/** @throws Fault KeyInvalid */
function demandSame(digest: Uint8Array, known: string): void {
  const before = Buffer.from(known, 'base64url')
  if (before.byteLength === digest.byteLength && timingSafeEqual(before, digest)) return
  throw materialInvalid('it is not the material that the key had before')
}

function materialInvalid(reason: string): Fault<'KeyInvalid'> {
  return new Fault('KeyInvalid', { reason })
}
