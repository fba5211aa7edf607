import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { entryOfId } from './directory-entry.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { ownedKey, ownerKey, type Ownership } from './owner.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface OwnershipInput extends Ownership {
  /** An object of another collection is not found. */
  readonly collection?: DirectoryCollection
}

/** Notes who looks after an application, a service principal or a group; it grants nothing. */
export const addOwner = operation<OwnershipInput, Ownership>({
  name: 'DirectoryOwnerAdd',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ object, owner }) => `directoryObjects/${object}/owners/${owner}`,

  async run(context, { object, owner, collection }) {
    const { unit, caller } = context
    await demandOwnable(context, object, collection)
    const principal = await readPrincipal(context, owner)
    const ownership: Ownership = { object: object.toLowerCase(), owner: principal.id }
    const keys = keysOf(caller.tenant, ownership)
    const [known] = await unit.getMany(keys)
    if (known !== undefined) throw new Fault('DirectoryObjectExists', { type: 'owner', id: owner })
    for (const key of keys) unit.put<Ownership>(key, { meta: ownership })
    touchEpoch(unit)
    return ownership
  },
})

/** Takes an owner away again. */
export const removeOwner = operation<OwnershipInput, Ownership>({
  name: 'DirectoryOwnerRemove',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ object, owner }) => `directoryObjects/${object}/owners/${owner}`,

  async run(context, { object, owner, collection }) {
    const { unit, caller } = context
    await demandOwnable(context, object, collection)
    demandGuid('owner', owner)
    const keys = keysOf(caller.tenant, { object, owner })
    const [known] = await unit.getMany<Ownership>(keys)
    if (known === undefined)
      throw new Fault('DirectoryObjectNotFound', { type: 'owner', id: owner })
    for (const key of keys) unit.delete(key)
    touchEpoch(unit)
    return known.meta
  },
})

const OWNABLE = ['applications', 'servicePrincipals', 'groups'] as const

/** Notes the owner of something that is being made. */
export function putFirstOwner(unit: UnitOfWork, tenant: string, ownership: Ownership): void {
  for (const key of keysOf(tenant, ownership)) unit.create<Ownership>(key, { meta: ownership })
}

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
async function demandOwnable(
  { unit, caller }: OperationContext,
  id: string,
  collection?: DirectoryCollection,
): Promise<void> {
  demandGuid('id', id)
  const ownable = OWNABLE.filter((one) => collection === undefined || one === collection)
  if ((await entryOfId(unit, caller.tenant, id, ownable)) !== undefined) return
  throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
}

function keysOf(tenant: string, { object, owner }: Ownership): readonly RecordKey[] {
  return [ownerKey(tenant, object, owner), ownedKey(tenant, owner, object)]
}
