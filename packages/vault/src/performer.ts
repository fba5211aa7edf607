import type { AccessCache, AccessView, TenantView } from './access/access-cache.ts'
import type { Call } from './access/caller.ts'
import { decide, type Decision, type DecisionInput } from './access/decide.ts'
import { decideBelow } from './access/decide-below.ts'
import { decisionInput, type Place } from './access/decision-input.ts'
import { demandCurrent } from './access/demand-current.ts'
import { denialMiss } from './access/denial-miss.ts'
import { PERMISSIONS, type Permission, type PermissionName } from './access/permissions.ts'
import { auditEntry } from './audit/audit-entry.ts'
import type { SuccessKind } from './audit/entry.ts'
import type { Provider } from './crypto/provider.ts'
import { denial, type DecisionTrace } from './denial.ts'
import { EPOCH_KEY, tenantEpochKey } from './directory/tenant.ts'
import type { VaultEvent } from './events/vault-event.ts'
import { Fault, isFault } from './fault.ts'
import { KeyedQueue } from './keyed-queue.ts'
import type { FurtherEntry, Operation, OperationContext, Services, Target } from './operation.ts'
import { pauseAfter } from './pause-after.ts'
import { RequestClaims } from './request-claims.ts'
import { objectOf, resolveVault, scopeOf, targetOf } from './resolve-target.ts'
import type { Seal } from './seal/seal.ts'
import { SideEffects } from './side-effects.ts'
import type { Store } from './store/store.ts'
import type { Clock } from './time.ts'
import { UnitOfWork } from './unit-of-work.ts'
import type { VaultRecord } from './vaults/vault-record.ts'

/** What `perform` needs of the world. */
export interface Ports {
  readonly store: Store
  readonly seal: Seal
  readonly clock: Clock
  readonly provider: Provider
  readonly services?: Services
  /**
   * Milliseconds: when the store was opened that remembers claims (`Change.claims`); 0 unless said,
   * for one that remembers them for ever.
   */
  readonly claimsSince?: number
  /** Asked at each use, because a port may be known late; `undefined` when nothing is published. */
  readonly publicationUrl?: () => string | undefined
  /** Told of each event after its commit: the one place from which events are delivered. */
  readonly onEvent?: (event: VaultEvent) => void
}

/** A change that lost against another is decided and run again this often. */
const MAXIMUM_ATTEMPTS = 48

/**
 * The one way in: decide, run, commit with the audit entry, and only then answer.
 * On a conflict all of it starts again; denials and faults are audited too; when the entry cannot be
 * written there is no answer but `AuditUnavailable`.
 */
export class Performer {
  readonly #ports: Ports
  readonly #access: AccessCache
  readonly #queue = new KeyedQueue()
  readonly #claims = new RequestClaims()

  constructor(ports: Ports, access: AccessCache) {
    this.#ports = ports
    this.#access = access
  }

  async perform<Input, Output>(op: Operation<Input, Output>, call: Call, input: Input): Promise<Output> {
    const currentView = async (): Promise<AccessView> => call.view ?? this.#access.current()
    const target = await targetOf(op.target(input), call.caller, currentView)
    const settle = (): Promise<Output> => this.#settle(op, call, input, target)
    if (!op.writes || !(await this.seemsAllowed(op, call, target, firstLook))) return await settle()
    return await this.#queue.run(queueOf(op, target), settle)
  }

  /**
   * A first look, such as for the queue: whoever will be denied does not wait in it, and so makes
   * nobody wait. What it finds counts for nothing else; the attempt decides, and meets the same faults.
   */
  async seemsAllowed<Input, Output>(
    op: Pick<Operation<Input, Output>, 'permission' | 'orElse' | 'onDeletedVault'>,
    call: Call,
    target: Target,
    decideBy: (input: DecisionInput) => Decision = decide,
  ): Promise<boolean> {
    try {
      const { caller, view: seen } = call
      const view = seen ?? (await this.#access.current())
      const vault = await resolveVault(view, caller, target, op.onDeletedVault ?? false)
      const place: Place = { vault, scope: scopeOf(target, vault), object: objectOf(target) }
      const decide = (permission: PermissionName): Promise<Decision> =>
        this.#decide(permission, call, view, place, decideBy)
      if ((await decide(op.permission)).allowed) return true
      return op.orElse !== undefined && (await decide(op.orElse.permission)).allowed
    } catch {
      return false
    }
  }

  /** What a call has made outside the store does not outlive its failure. */
  async #settle<Input, Output>(
    op: Operation<Input, Output>,
    call: Call,
    input: Input,
    target: Target,
  ): Promise<Output> {
    const effects = new SideEffects()
    try {
      return await this.#attempt(op, call, input, target, effects)
    } catch (thrown) {
      await effects.undo()
      throw thrown
    } finally {
      effects.release()
    }
  }

  async #attempt<Input, Output>(
    op: Operation<Input, Output>,
    call: Call,
    input: Input,
    target: Target,
    effects: SideEffects,
  ): Promise<Output> {
    const startedAt = this.#ports.clock.now()
    for (let attempt = 1; ; attempt++) {
      const trace: DecisionTrace = { scope: 'scope' in target ? target.scope : '/', decision: undefined, vault: undefined }
      const refusal = (thrown: unknown): string =>
        this.#entry(op, call, target, trace, startedAt, op.auditId?.(input, undefined), thrown)
      let outcome: Outcome<Output>
      try {
        // What the door has seen is good for a first try; after a conflict it is known to be old, and
        // so it is behind others in the queue of the control plane.
        const isFirst = attempt === 1 && !(op.writes && isControl(op, target))
        const seen = isFirst ? call.view : undefined
        const under = await this.#access.ofTenant(call.caller.tenant, seen)
        outcome = await this.#decideAndRun(op, call, input, target, trace, under, effects)
      } catch (thrown) {
        if (isFault(thrown, 'StoreUnavailable')) throw thrown
        return await this.#refuse(call, thrown, refusal)
      }
      const { output, commit, tenantEpoch, further } = outcome
      const id = op.auditId?.(input, output)
      const entry = this.#entry(op, call, target, trace, startedAt, id, undefined, op.outcome?.(output))
      try {
        if (commit === undefined) await this.#answerRead(tenantEpoch, entry, call)
        else await commit([entry, ...further.map((one) => this.#furtherEntry(one, call, trace, startedAt))])
        this.#claims.remember(call)
      } catch (thrown) {
        if (isFault(thrown, 'StoreUnavailable') || isFault(thrown, 'AuditUnavailable')) throw thrown
        if (isFault(thrown, 'Conflict') && attempt < MAXIMUM_ATTEMPTS) {
          await pauseAfter(attempt)
          continue
        }
        return await this.#refuse(call, thrown, refusal)
      }
      // Behind the commit nothing may turn what has happened into a refusal of it.
      this.#tell(op, target, input, output)
      return output
    }
  }

  #tell<Input, Output>(
    op: Operation<Input, Output>,
    target: Target,
    input: Input,
    output: Output,
  ): void {
    const type = op.event?.(output)
    if (type === undefined || !('vault' in target)) return
    const object = op.auditId?.(input, output) ?? target.object ?? ''
    const at = Math.floor(this.#ports.clock.now() / 1000)
    this.#ports.onEvent?.({ type, vault: target.vault, object, at })
  }

  /**
   * A change has the epoch among its checks; a read looks at it once more. Had access been taken away
   * before a value was written that was then read, the value must not be given.
   * @throws Fault Conflict when something has changed in the tenant.
   */
  async #answerRead(tenantEpoch: number | 'absent', entry: string, call: Call): Promise<void> {
    if (!(await this.#access.isCurrent(call.caller.tenant, tenantEpoch))) throw new Fault('Conflict', {})
    await this.#audit(entry, call)
  }

  /**
   * Audits a refusal and throws it. It is an answer too, which a replay does not get a second time:
   * that is refused, and audited, as what it is.
   */
  async #refuse(
    call: Call,
    thrown: unknown,
    entryOf: (thrown: unknown) => string,
  ): Promise<never> {
    if (isFault(thrown, 'RequestReplayed')) {
      // Claims nothing, so that further operations of this request are refused as well.
      await this.#audit(entryOf(thrown))
      throw thrown
    }
    try {
      await this.#audit(entryOf(thrown), call)
      this.#claims.remember(call)
    } catch (second) {
      if (isFault(second, 'RequestReplayed')) await this.#audit(entryOf(second))
      throw second
    }
    throw thrown
  }

  async #decideAndRun<Input, Output>(
    op: Operation<Input, Output>,
    call: Call,
    input: Input,
    target: Target,
    trace: DecisionTrace,
    { view, tenantEpoch }: TenantView,
    effects: SideEffects,
  ): Promise<Outcome<Output>> {
    const { store, seal, clock, provider, services = {} } = this.#ports
    const { caller } = call
    const vault = await resolveVault(view, caller, target, op.onDeletedVault ?? false)
    trace.vault = vault
    trace.scope = scopeOf(target, vault)
    const { tenant } = caller
    const unit = new UnitOfWork(store, seal, { tenant, epoch: view.epoch })
    unit.check(tenantEpochKey(tenant), tenantEpoch)
    // The server itself may act on what is of another tenant than its call.
    if (caller.kind === 'system') unit.check(EPOCH_KEY, view.epoch)
    const commitUnit = async (audit: readonly string[]): Promise<void> =>
      store.commit(this.#claims.claiming(await unit.change(audit), call))
    let commit: Outcome<Output>['commit']
    let isAllVisible = false
    const further: FurtherEntry[] = []
    const context: OperationContext = {
      unit,
      services,
      caller,
      view,
      seal,
      provider,
      publicationUrl: this.#ports.publicationUrl?.(),
      now: Math.floor(clock.now() / 1000),
      clientAddress: call.request.clientAddress,
      vault: () => {
        if (vault === undefined) throw new TypeError('this operation has no vault')
        return vault
      },
      commitThrough: (replacement) => {
        commit = replacement
      },
      commitUnit,
      demand: (permission, object, other = vault) =>
        this.#demand(permission, object, call, view, other, trace),
      isVisible: async (scope) =>
        isAllVisible ||
        (await this.#decide(op.permission, call, view, { scope })).allowed,
      demandAt: async (permission, scope) => {
        const decision = await this.#decide(permission, call, view, { scope })
        if (decision.allowed) return
        trace.decision = decision
        throw denial(permission, call, { decision, scope, vault: undefined })
      },
      alsoAudit: (occurrence) => void further.push(occurrence),
      once: (effect) => effects.once(effect),
    }
    const object = objectOf(target)
    const assignment = await op.assignment?.(context, input)
    const place: Place = { vault, scope: trace.scope, object, assignment }
    trace.decision = await this.#decide(op.permission, call, view, place)
    isAllVisible = trace.decision.allowed
    if (op.listsBelow === true && !isAllVisible) {
      const below = await this.#decide(op.permission, call, view, place, decideBelow)
      if (below.allowed) trace.decision = below
    }
    if (!trace.decision.allowed) await this.#decideElse(op, call, context, input, trace, object)
    const output = await op.run(context, input)
    if (commit === undefined && unit.hasWrites) commit = commitUnit
    return { output, commit, tenantEpoch, further }
  }

  /**
   * The second chance of a denied caller. Nothing is read for who has not the other permission, so a
   * stranger learns nothing of what is there.
   * @throws Fault AccessDenied
   */
  async #decideElse<Input, Output>(
    op: Operation<Input, Output>,
    call: Call,
    context: OperationContext,
    input: Input,
    trace: DecisionTrace,
    object: string | undefined,
  ): Promise<void> {
    const { view } = context
    const denied = trace.decision
    const isExplicit = denied?.allowed === false && denied.explicit === true
    if (op.orElse !== undefined && denied?.model === 'rbac' && !isExplicit) {
      const { permission } = op.orElse
      const place: Place = { vault: trace.vault, scope: trace.scope, object }
      trace.decision = await this.#decide(permission, call, view, place)
      if (trace.decision.allowed && (await op.orElse.allows(context, input))) return
      trace.decision = denied
    }
    throw denial(op.permission, call, trace)
  }

  /** @throws Fault AccessDenied */
  async #demand(
    permission: PermissionName,
    object: string,
    call: Call,
    view: AccessView,
    vault: VaultRecord | undefined,
    trace: DecisionTrace,
  ): Promise<void> {
    if (vault === undefined) throw new TypeError('this operation has no vault')
    const scope = scopeOf({ vault: vault.name, object }, vault)
    const decision = await this.#decide(permission, call, view, { vault, scope, object })
    if (decision.allowed) return
    trace.decision = decision
    throw denial(permission, call, { ...trace, scope, vault })
  }

  async #decide(
    name: PermissionName,
    { caller, request }: Call,
    view: AccessView,
    place: Place,
    decideBy: (input: DecisionInput) => Decision = decide,
  ): Promise<Decision> {
    if (caller.kind === 'system') return { allowed: true, model: 'rbac', decidedBy: 'system' }
    const permission: Permission = PERMISSIONS[name]
    if (permission.serverWide === true && (await view.tenant(caller.tenant))?.isDefault !== true) {
      return { allowed: false, model: 'rbac' }
    }
    const asker = { ...caller, clientAddress: request.clientAddress }
    const { input, principal } = await decisionInput(view, asker, permission, place)
    demandCurrent(principal, caller)
    if (permission.ofCaller === true) return { allowed: true, model: 'rbac', decidedBy: 'caller' }
    const decision = decideBy(input)
    const isOfRoles = !decision.allowed && decision.model === 'rbac' && decision.explicit !== true
    return isOfRoles ? { ...decision, miss: () => denialMiss(input) } : decision
  }

  #entry(
    op: { readonly name: string; readonly permission: PermissionName },
    call: Call,
    target: Target,
    trace: DecisionTrace,
    startedAt: number,
    auditId: string | undefined,
    thrown: unknown,
    outcome?: SuccessKind,
  ): string {
    return auditEntry({
      call,
      operationName: op.name,
      scope: trace.vault?.resourceId ?? trace.scope,
      id: auditId ?? ('vault' in target ? (target.object ?? '') : target.scope),
      decision: trace.decision,
      missingAction: isFault(thrown, 'AccessDenied')
        ? thrown.detail.action
        : PERMISSIONS[op.permission].action,
      startedAt,
      now: this.#ports.clock.now(),
      thrown,
      outcome,
    })
  }

  /** What is done besides is decided, done and answered with the operation. */
  #furtherEntry(further: FurtherEntry, call: Call, trace: DecisionTrace, startedAt: number): string {
    const now = this.#ports.clock.now()
    const { decision } = trace
    return auditEntry({ ...further, call, decision, missingAction: '', startedAt, now, thrown: undefined })
  }

  /**
   * A request that cannot be recorded is not answered.
   * @param claiming the call whose claims go with the entry.
   */
  async #audit(entry: string, claiming?: Call): Promise<void> {
    const change = { checks: [], puts: [], deletes: [], audit: [entry] }
    try {
      await this.#ports.store.commit(
        claiming === undefined ? change : this.#claims.claiming(change, claiming),
      )
    } catch (thrown) {
      if (isFault(thrown, 'RequestReplayed')) throw thrown
      const reason = isFault(thrown, 'StoreUnavailable') ? thrown.detail.reason : 'the store failed'
      throw new Fault('AuditUnavailable', { reason }, { cause: thrown })
    }
  }
}

/**
 * Changes of the control plane all write the epoch, so that side by side they would only refuse each
 * other; changes of objects wait for those of the same object.
 */
function queueOf({ permission }: Pick<Operation<unknown, unknown>, 'permission'>, target: Target): string {
  if (isControl({ permission }, target)) return 'control plane'
  return ('vault' in target ? `${target.vault} ${target.object ?? ''}` : target.scope).toLowerCase()
}

function isControl({ permission }: Pick<Operation<unknown, unknown>, 'permission'>, target: Target): boolean {
  return objectOf(target) === undefined && PERMISSIONS[permission].plane === 'control'
}

interface Outcome<Output> {
  readonly output: Output
  /** `undefined` when nothing changes but the audit. */
  readonly commit: ((audit: readonly string[]) => Promise<void>) | undefined
  /** What it was decided under. */
  readonly tenantEpoch: number | 'absent'
  readonly further: readonly FurtherEntry[]
}

/** What conditions look at is known to the operation alone, so a first look takes them as true. */
function firstLook(input: DecisionInput): Decision {
  return decide({ ...input, conditionsHold: true })
}
