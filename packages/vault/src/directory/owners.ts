import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { entryOfId } from './directory-entry.ts'
import { ownedKey, ownerKey, type Ownership } from './owner.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

/** Notes who looks after an application, a service principal or a group; it grants nothing. */
export const addOwner = operation<Ownership, Ownership>({
  name: 'DirectoryOwnerAdd',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ object, owner }) => `directoryObjects/${object}/owners/${owner}`,

  async run(context, { object, owner }) {
    const { unit, caller } = context
    await demandOwnable(context, object)
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
export const removeOwner = operation<Ownership, Ownership>({
  name: 'DirectoryOwnerRemove',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ object, owner }) => `directoryObjects/${object}/owners/${owner}`,

  async run(context, { object, owner }) {
    const { unit, caller } = context
    await demandOwnable(context, object)
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

/** Notes the owner of something that is being made. */
export function putFirstOwner(unit: UnitOfWork, tenant: string, ownership: Ownership): void {
  for (const key of keysOf(tenant, ownership)) unit.create<Ownership>(key, { meta: ownership })
}

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
async function demandOwnable({ unit, caller }: OperationContext, id: string): Promise<void> {
  demandGuid('id', id)
  const ownable = ['applications', 'servicePrincipals', 'groups'] as const
  if ((await entryOfId(unit, caller.tenant, id, ownable)) !== undefined) return
  throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
}

function keysOf(tenant: string, { object, owner }: Ownership): readonly RecordKey[] {
  return [ownerKey(tenant, object, owner), ownedKey(tenant, owner, object)]
}
