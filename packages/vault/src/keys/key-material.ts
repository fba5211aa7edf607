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
export function makeKey(
  { provider, once }: Pick<OperationContext, 'provider' | 'once'>,
  make: () => Promise<NewKey>,
): Promise<MadeKey> {
  return once<MadeKey>({
    make: async () => ({ ...(await make()), materialId: randomHexId() }),
    undo: ({ materialId, spec, publicKey, material }) =>
      provider.destroy({
        id: materialId,
        spec,
        ...(publicKey === undefined ? {} : { publicKey }),
        load: async () => material,
      }),
    release: ({ material }) => material.wipe(),
  })
}

function handleId({ tenant, id }: VaultRecord, key: KeyVersion): string {
  const { name, version, materialId } = key
  return `${tenant}/${id}/${name.toLowerCase()}/${version}/${materialId}`
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
