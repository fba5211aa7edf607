import type { KeyHandle, NewKey } from '../crypto/provider.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import type { OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { keyMaterialKey, keyVersionKey, type KeyVersion } from './key.ts'
import { keyNotFound } from './read-key.ts'

/** A key that the provider has just made or taken, and the name of its bits. */
export interface MadeKey extends NewKey {
  readonly materialId: string
}

/** The handle of a version; its material is read when the provider asks for it, not before. */
export function keyHandle(unit: UnitOfWork, vault: VaultRecord, version: KeyVersion): KeyHandle {
  return {
    id: handleId(vault, version),
    spec: version.spec,
    ...(version.publicKey === undefined ? {} : { publicKey: version.publicKey }),
    load: () => loadMaterial(unit, vault, version),
  }
}

/** The handle of a version whose material is at hand. */
export function loadedKeyHandle(
  vault: VaultRecord,
  version: KeyVersion,
  material: Secret,
): KeyHandle {
  const { spec, publicKey } = version
  return {
    id: handleId(vault, version),
    spec,
    ...(publicKey === undefined ? {} : { publicKey }),
    load: async () => material,
  }
}

/**
 * Lets the provider make a key, once for the call. When the call fails in the end, the provider
 * destroys it; the copy of the material in memory is wiped in any case.
 */
export async function makeKey(
  context: Pick<OperationContext, 'provider' | 'once'>,
  make: () => Promise<NewKey>,
): Promise<MadeKey> {
  const [made] = await makeKeys(context, [make])
  if (made === undefined) throw new TypeError('a key that was made is missing')
  return made
}

/** As `makeKey`, for a call that needs several: all of them, or none. */
export async function makeKeys(
  { provider, once }: Pick<OperationContext, 'provider' | 'once'>,
  makes: readonly (() => Promise<NewKey>)[],
): Promise<readonly MadeKey[]> {
  const undo = async (made: readonly MadeKey[]): Promise<void> => {
    for (const { materialId, spec, publicKey, material } of made) {
      await provider.destroy({
        id: materialId,
        spec,
        ...(publicKey === undefined ? {} : { publicKey }),
        load: async () => material,
      })
    }
  }
  return await once<readonly MadeKey[]>({
    make: async () => {
      const made: MadeKey[] = []
      try {
        for (const make of makes) made.push({ ...(await make()), materialId: randomHexId() })
        return made
      } catch (thrown) {
        await undo(made).catch(() => undefined)
        throw thrown
      }
    },
    undo,
    release: (made) => {
      for (const { material } of made) material.wipe()
    },
  })
}

/** What the provider holds the bits under: two versions that share them share what is held. */
export function handleId(
  { tenant, id }: VaultRecord,
  { materialId }: Pick<KeyVersion, 'materialId'>,
): string {
  return `${tenant}/${id}/${materialId}`
}

/** @throws Fault ObjectNotFound when the key was purged since its version was read; RecordCorrupt */
async function loadMaterial(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name, version }: KeyVersion,
): Promise<Secret> {
  const key = keyMaterialKey(vault, name, version)
  const [material, stillThere] = await unit.getMany([key, keyVersionKey(vault, name, version)])
  if (material?.secret !== undefined) return material.secret
  if (stillThere === undefined) throw keyNotFound({ vault: vault.name, name, version })
  throw new Fault('RecordCorrupt', { record: key, reason: 'material missing' })
}
