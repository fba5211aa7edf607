import { DenialLimit, type AccessView, type Caller, type RequestFacts, type TokenAudience } from '@claviger/vault'
import type { Door } from '../door.ts'
import { armDoor } from '../doors/arm/door.ts'
import { graphDoor } from '../doors/graph/door.ts'
import type { WorkerDoorsOptions } from './worker-doors.ts'

/** What the doors of the control plane need besides. */
export interface ControlDoorsOptions extends WorkerDoorsOptions {
  readonly services: Readonly<Record<'management' | 'graph', TokenAudience>>
  readonly loginHost: string
  readonly vaultSuffix: string
}

/** The doors by which vaults, access and identities are managed. */
export async function controlDoors(
  options: ControlDoorsOptions,
): Promise<{ readonly arm: Door; readonly graph: Door }> {
  const { config, vault, identity, clock, log, services, loginHost, vaultSuffix } = options
  // No host names a tenant here: a refused token is audited with the first one.
  const { id: tenant = '' } = (await (await vault.view()).defaultTenant()) ?? {}
  const authenticateFor =
    (audience: TokenAudience) =>
    (token: string, facts: () => RequestFacts, view: AccessView): Promise<Caller> =>
      identity.callerOf(token, { tenant, anyTenant: true, audience, scope: '/', view }, facts)
  const both = {
    vault,
    log,
    onAnonymous: options.onAnonymous,
    denials: new DenialLimit(config.denialsPerMinute, clock),
    onThrottled: options.onThrottled,
  }
  const arm = armDoor({
    ...both,
    authenticate: authenticateFor(services.management),
    settings: {
      audience: services.management,
      loginHost,
      graphHost: services.graph.hosts[0],
      vaultSuffix,
      region: config.region,
      auditSinks: config.auditSinks.map(({ name }) => name),
    },
  })
  const graph = graphDoor({
    ...both,
    authenticate: authenticateFor(services.graph),
    clock,
    settings: { loginHost, domain: config.domain },
  })
  return { arm, graph }
}
