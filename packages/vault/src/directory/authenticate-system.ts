import { randomUUID } from 'node:crypto'
import type { AccessView } from '../access/access-cache.ts'
import type { Call, Caller } from '../access/caller.ts'
import { Fault } from '../fault.ts'
import { callerOf } from './caller-of.ts'
import { SYSTEM } from './tenant.ts'

/**
 * The server itself, for scheduled work and for its own start. It is allowed everything, because
 * nothing that comes from outside can bring it about.
 */
export function systemCall(purpose: string, tenant: string = SYSTEM): Call {
  return {
    caller: callerOf({
      kind: 'system',
      tenant,
      principal: SYSTEM,
      claimedGroups: [],
      authenticatedAt: 0,
      foreign: false,
      issuer: SYSTEM,
    }),
    request: {
      correlationId: randomUUID(),
      clientAddress: '',
      clientInfo: purpose,
      requestUri: '',
      apiVersion: '',
      successStatus: 200,
      statusOf: (thrown) => (thrown instanceof Fault ? 409 : 500),
    },
  }
}

/**
 * Who speaks through the admin socket: the administrator application of the default tenant. The
 * socket's file mode is the proof; decisions and audit are those of that principal.
 * @throws Fault TenantNotFound before the first start is done
 */
export async function authenticateLocalOperator(view: AccessView, now: number): Promise<Caller> {
  const tenant = await view.defaultTenant()
  if (tenant === undefined) throw new Fault('TenantNotFound', { tenant: 'default' })
  const { principal } = await view.principalAccess(tenant.id, tenant.administrator, [])
  return callerOf({
    kind: 'principal',
    tenant: tenant.id,
    principal: tenant.administrator,
    ...(principal?.appId === undefined ? {} : { appId: principal.appId }),
    claimedGroups: [],
    // Proved by this very request, so a revocation of earlier tokens does not concern it.
    authenticatedAt: now + 1,
    foreign: false,
    issuer: 'admin socket',
  })
}
