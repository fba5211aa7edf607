import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { decide } from './decide.ts'
import { decisionInput, type Place } from './decision-input.ts'
import { demandScopeForm, scopePlace } from './demand-scope.ts'
import { denied, explainDecision, type Explanation } from './explanation.ts'
import { isAddress } from './network.ts'
import { objectState, type FoundState } from './object-state.ts'
import { PERMISSIONS, type Permission, type PermissionName } from './permissions.ts'
import { ACTION_NAMES } from './provider-operations.ts'

export interface ExplainAccessInput {
  /** Object id; absent, the caller. */
  readonly principal?: string
  /** The full name of an action, or that of a permission such as `secrets/get`. */
  readonly action: string
  /** Which of two actions is meant that have one name; absent, that of data where there is one. */
  readonly isDataAction?: boolean
  /** `/`, or a resource id down to a single object. */
  readonly scope: string
  /**
   * From where it would be done; absent, from where this is asked. Another takes who may read vaults
   * there.
   */
  readonly clientAddress?: string
}

/** An explanation, and of what. */
export interface ExplainedAccess extends Explanation {
  readonly principal: string
  readonly action: string
  readonly isDataAction: boolean
  readonly scope: string
}

/**
 * Says why somebody may do something, or may not, and what would be needed. Everybody may ask about
 * themselves, as they are; about others, who may read role assignments at the scope. What a vault
 * says of another address tells its rules, and the state of an object that it is there: both are told
 * to who may read them anyway.
 */
export const explainAccess = operation<ExplainAccessInput, ExplainedAccess>({
  name: 'AccessExplain',
  permission: 'self/read',
  writes: false,
  target: ({ scope }) => ({ scope }),
  auditId: ({ principal, action }) => `access/${principal ?? 'self'}/${action.slice(0, 256)}`,

  async run(context, input) {
    const { caller, demandAt, view } = context
    const { scope, principal = caller.principal } = input
    demandScopeForm(scope)
    demandGuid('principal', principal)
    const { clientAddress = context.clientAddress } = input
    if (input.clientAddress !== undefined && !isAddress(clientAddress)) {
      throw invalidInput('clientAddress', 'it must be an IP address')
    }
    const isSelf = principal.toLowerCase() === caller.principal
    const isHere = clientAddress === context.clientAddress
    if (!isSelf) await demandAt('roleAssignments/read', scope)
    else if (!isHere) await demandAt('vaults/read', scope)
    const permission = findPermission(input)
    const about = {
      principal: principal.toLowerCase(),
      action: permission.action,
      isDataAction: permission.plane === 'data',
      scope,
    }
    const asker = {
      ...(isSelf ? caller : { tenant: caller.tenant, claimedGroups: [] }),
      principal: about.principal,
      clientAddress,
    }
    if (permission.serverWide === true && (await view.tenant(caller.tenant))?.isDefault !== true) {
      const reason = 'It concerns all tenants, so only principals of the default one may do it.'
      return { ...about, ...denied('principalState', reason) }
    }
    const { vault, object } = await placeOf(context, scope)
    const found = await decisionInput(view, asker, permission, { scope, vault, object })
    if (found.principal?.enabled === false) {
      return { ...about, ...denied('principalState', 'The principal is disabled.') }
    }
    if (permission.ofCaller === true) {
      const reason = 'Whoever has signed in may do it.'
      return { ...about, allowed: true, decidedBy: 'everybody', reason }
    }
    const explained = explainDecision(found.input)
    if (!explained.allowed || vault === undefined || permission.plane !== 'data') {
      return { ...about, ...explained }
    }
    if (vault.deleted !== undefined) {
      return { ...about, ...denied('vaultState', 'The vault is deleted; recover it first.') }
    }
    if (object === undefined) return { ...about, ...explained }
    const isShown = (isSelf && isHere) || (await mayRead(context, { scope, vault, object }))
    const { action } = permission
    if (!isShown) return { ...about, ...explained }
    const state = await objectState(context.unit, vault, object, action, context.now)
    return { ...about, ...(state === undefined ? explained : withState(explained, state)) }
  },
})

const READING: ReadonlyMap<string, PermissionName> = new Map([
  ['keys', 'keys/get'],
  ['secrets', 'secrets/list'],
  ['certificates', 'certificates/get'],
])

/** Tells whether the caller can see for itself what state an object is in. */
async function mayRead(
  { caller, view, clientAddress }: OperationContext,
  place: Place & { readonly object: string },
): Promise<boolean> {
  const permission = READING.get(place.object.split('/', 1)[0]?.toLowerCase() ?? '')
  if (permission === undefined) return false
  const asker = { ...caller, clientAddress }
  const { input } = await decisionInput(view, asker, PERMISSIONS[permission], place)
  return decide(input).allowed
}

/** @throws Fault AccessRuleBroken */
function findPermission({ action, isDataAction }: ExplainAccessInput): Permission {
  const named: Permission | undefined = isPermission(action) ? PERMISSIONS[action] : undefined
  if (named !== undefined) return named
  const lower = action.toLowerCase()
  for (const plane of ['data', 'control'] as const) {
    if (isDataAction !== undefined && isDataAction !== (plane === 'data')) continue
    const full = ACTION_NAMES[plane].find((one) => one.toLowerCase() === lower)
    if (full === undefined) continue
    const all: readonly Permission[] = Object.values(PERMISSIONS)
    const known = all.find((one) => one.plane === plane && one.action === full)
    return known ?? { plane, action: full }
  }
  const subject = action.slice(0, 256)
  throw new Fault('AccessRuleBroken', { rule: 'actionUnknown', subject })
}

function isPermission(name: string): name is PermissionName {
  return Object.hasOwn(PERMISSIONS, name)
}

interface FoundPlace {
  /** Of the caller's tenant and at this very resource id, perhaps deleted. */
  readonly vault: VaultRecord | undefined
  readonly object: string | undefined
}

async function placeOf({ caller, view }: OperationContext, scope: string): Promise<FoundPlace> {
  const place = scopePlace(scope)
  const found = place?.vault === undefined ? undefined : await view.vaultByName(place.vault)
  const id = found?.resourceId.toLowerCase() ?? ''
  const lower = scope.toLowerCase()
  const isMeant =
    found?.tenant === caller.tenant && (lower === id || lower.startsWith(`${id}/`))
  return { vault: isMeant ? found : undefined, object: place?.object }
}

/** What is allowed can still be impossible. */
function withState(explained: Explanation, { state, blocks }: FoundState): Explanation {
  if (!blocks) return { ...explained, objectState: state }
  const reason = `Access allows it, and the object does not: it is ${STATES[state]}.`
  return { ...explained, ...denied('objectState', reason), objectState: state }
}

const STATES = {
  absent: 'not there',
  deleted: 'deleted',
  disabled: 'disabled',
  expired: 'expired',
  live: 'not deleted',
  notYetValid: 'not yet valid',
} as const
