import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { demandGroupsWithin } from './group-limit.ts'
import { memberKey, memberOfKey, type Membership } from './principal.ts'
import { readPrincipal } from './principals.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface MembershipInput {
  readonly group: string
  readonly member: string
  /** Where the group must be, else it is not found. */
  readonly collection?: DirectoryCollection
}

/** Puts a principal, or another group, into a group. */
export const addGroupMember = operation<MembershipInput, Membership>({
  name: 'DirectoryGroupMemberAdd',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ group, member }) => `groups/${group}/members/${member}`,

  async run(context, { group, member, collection }) {
    const { unit, caller } = context
    const container = await readPrincipal(context, group, collection)
    const principal = await readPrincipal(context, member)
    if (container.kind !== 'group') throw new Fault('InvalidInput', { property: 'group', reason: 'this principal is not a group' })
    if (container.id === principal.id) throw new Fault('InvalidInput', { property: 'member', reason: 'a group cannot be a member of itself' })
    const membership: Membership = { group: container.id, member: principal.id }
    const keys = [memberKey(caller.tenant, group, member), memberOfKey(caller.tenant, member, group)]
    const [known] = await unit.getMany(keys)
    if (known !== undefined) throw new Fault('DirectoryObjectExists', { type: 'groupMember', id: member })
    await demandGroupsWithin(unit, caller.tenant, membership)
    for (const key of keys) unit.put<Membership>(key, { meta: membership })
    touchEpoch(unit)
    return membership
  },
})

/** Takes a member out of a group. */
export const removeGroupMember = operation<MembershipInput, Membership>({
  name: 'DirectoryGroupMemberRemove',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ group, member }) => `groups/${group}/members/${member}`,

  async run(context, { group, member, collection }) {
    const { unit, caller } = context
    await readPrincipal(context, group, collection)
    await readPrincipal(context, member)
    const keys = [memberKey(caller.tenant, group, member), memberOfKey(caller.tenant, member, group)]
    const [known] = await unit.getMany<Membership>(keys)
    if (known === undefined) throw new Fault('DirectoryObjectNotFound', { type: 'groupMember', id: member })
    for (const key of keys) unit.delete(key)
    touchEpoch(unit)
    return known.meta
  },
})
