import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { OPERATIONS, PERMISSIONS, type Operation, type Permission } from '@claviger/vault'
import type { MemoryVault } from '@claviger/vault/testing'

/** Object id of who has a role that grants everything but what a route asks for. */
export const ALMOST = '5d3c1d0e-8b0d-4a51-9a8e-6f0f1b7c2d33'

/** Who sends a request: `almost` is the caller `ALMOST`. */
export type Sender = 'administrator' | 'almost' | 'stranger'

/** A door whose routes are to be refused, opened anew for each of them. */
export interface DeniedDoor<Route> {
  readonly memory: MemoryVault
  /** Sends a request of the route that would be well but for who sends it. */
  readonly send: (
    route: Route,
    sender: Sender,
  ) => Promise<{ readonly status: number; readonly text: string }>
}

/** A route, as far as this contract looks at it. */
export interface DeniedRoute {
  readonly method: string
  readonly path: string
  /** `noun/verb` of every operation that it performs. */
  readonly operations: readonly string[]
}

/**
 * Every route of a door is refused with 403 to whoever may do everything but what its operations
 * ask for, and to a stranger, and each refusal is audited. A route of no operation is the same for
 * all.
 */
export function routeDenialContract<Route extends DeniedRoute>(
  title: string,
  routes: readonly Route[],
  open: () => Promise<DeniedDoor<Route>>,
): void {
  describe(title, () => {
    for (const route of routes) {
      const name = `${route.method} ${route.path}`
      const asked = permissionsOf(route)
      if (asked.length === 0) {
        it(`${name} is the same for everybody`, async () => {
          const { send } = await open()
          assert.deepEqual(await send(route, 'stranger'), await send(route, 'administrator'))
        })
        continue
      }
      // Whoever has signed in may ask about itself; the operation's own test says what it is told.
      if (asked.every(({ ofCaller }) => ofCaller === true)) continue
      it(`${name} is refused to who may do all but this`, async () => {
        const { memory, send } = await open()
        await grantAllBut(memory, asked)
        for (const sender of ['almost', 'stranger'] as const) {
          const { count } = await memory.store.head()
          const { status, text } = await send(route, sender)
          assert.equal(status, 403, text)
          const entries = await memory.audit(count)
          const missing = entries.map(({ properties }) => properties.missingAction)
          assert.equal(missing.length, 1, JSON.stringify(entries))
          assert.ok(asked.some(({ action }) => action === missing[0]), missing.join())
        }
      })
    }
  })
}

function permissionsOf({ operations }: DeniedRoute): readonly Permission[] {
  const registry: Readonly<Record<string, Readonly<Record<string, unknown>>>> = OPERATIONS
  return operations.flatMap((name) => {
    const [noun = '', verb = ''] = name.split('/')
    const operation = registry[noun]?.[verb]
    assert.ok(operation !== undefined, name)
    const { permission, orElse } = operation as Operation<unknown, unknown>
    const all = orElse === undefined ? [permission] : [permission, orElse.permission]
    return all.map((one) => PERMISSIONS[one])
  })
}

async function grantAllBut(
  { vault, administrator }: MemoryVault,
  permissions: readonly Permission[],
): Promise<void> {
  const actions = (plane: Permission['plane']): readonly string[] =>
    permissions.filter((one) => one.plane === plane).map(({ action }) => action)
  const named = { id: randomUUID(), name: 'almost', description: '' }
  const role = { ...named, actions: ['*'], dataActions: ['*'] }
  const but = { notActions: actions('control'), notDataActions: actions('data') }
  await vault.roles.put(administrator, { ...role, ...but })
  const assigned = { principal: ALMOST, roleDefinition: role.id, scope: '/' }
  await vault.roleAssignments.create(administrator, assigned)
}
