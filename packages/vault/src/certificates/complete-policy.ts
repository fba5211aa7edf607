import type { KeySpec } from '../crypto/key-spec.ts'
import { invalidInput } from '../invalid-input.ts'
import { newKeySpec } from '../keys/new-key-spec.ts'
import { isObjectName } from '../object-name.ts'
import type { EpochSeconds } from '../time.ts'
import type { AlternativeNames } from './alternative-names.ts'
import {
  SELF,
  UNKNOWN,
  type AuthorityConstraint,
  type CertificateContentType,
  type CertificatePolicy,
  type LifetimeAction,
  type PolicyIssuer,
  type PolicyKey,
} from './certificate-policy.ts'
import { completeX509 } from './complete-x509.ts'

/** What a caller says of a policy; what is absent has its default, or stays as it was. */
export interface PolicyInput {
  readonly keyType?: string
  readonly hsm?: boolean
  readonly keyBits?: number
  /** By its JOSE name. */
  readonly curve?: string
  /** In the place of the above, for kinds of key that JOSE does not know too. */
  readonly spec?: KeySpec
  readonly exportable?: boolean
  readonly reuseKey?: boolean
  readonly contentType?: string
  readonly subject?: string
  readonly alternativeNames?: AlternativeNames
  readonly ekus?: readonly string[]
  readonly keyUsage?: readonly string[]
  readonly validityMonths?: number
  /** `false` for a certificate that is not that of an authority. */
  readonly ca?: AuthorityConstraint | false
  readonly lifetimeActions?: readonly LifetimeAction[]
  readonly issuer?: Partial<PolicyIssuer>
  readonly enabled?: boolean
}

const CONTENT_TYPES: readonly CertificateContentType[] = [
  'application/x-pkcs12',
  'application/x-pem-file',
]

/**
 * Fills in what a policy does not say: from the one before when it is changed, else the service's
 * defaults.
 * @throws Fault InvalidInput, the property as this policy is named on the wire.
 */
export function completePolicy(
  input: PolicyInput,
  now: EpochSeconds,
  before?: CertificatePolicy,
): CertificatePolicy {
  const key = keyOf(input, before?.key)
  const issuer = issuerOf(input.issuer, before?.issuer)
  const x509 = completeX509(input, before?.x509)
  return {
    key,
    exportable: exportableOf(input, key, before),
    reuseKey: input.reuseKey ?? before?.reuseKey ?? false,
    contentType:
      input.contentType === undefined
        ? (before?.contentType ?? 'application/x-pkcs12')
        : contentTypeOf(input.contentType),
    x509,
    lifetimeActions: lifetimeActionsOf(input, x509.validityMonths, issuer, before),
    issuer,
    enabled: input.enabled ?? before?.enabled ?? true,
    created: before?.created ?? now,
    updated: now,
  }
}

function keyOf(input: PolicyInput, before: PolicyKey | undefined): PolicyKey {
  const { keyType, hsm, keyBits, curve } = input
  if (input.spec !== undefined) return keyOfSpec(input.spec, hsm ?? before?.hsm ?? false)
  const sameType = before !== undefined && (keyType === undefined || keyType === before.type)
  if (sameType && keyBits === undefined && curve === undefined) {
    return { ...before, hsm: hsm ?? before.hsm }
  }
  const type = keyType ?? before?.type ?? (curve === undefined ? 'RSA' : 'EC')
  if (type !== 'RSA' && type !== 'EC') {
    throw invalidInput('policy.key_props.kty', 'it must be RSA, RSA-HSM, EC or EC-HSM')
  }
  const wanted = {
    type,
    ...(keyBits === undefined ? {} : { bits: keyBits }),
    ...(curve === undefined ? {} : { curve }),
  }
  return keyOfSpec(newKeySpec(wanted), hsm ?? before?.hsm ?? false)
}

function keyOfSpec(spec: KeySpec, hsm: boolean): PolicyKey {
  const key = policyKey(spec, hsm)
  if (key !== undefined) return key
  throw invalidInput('policy.key_props.kty', 'it must be of a kind that signs certificates')
}

/** The key of a policy that makes keys like this one; `undefined` for what signs no certificates. */
export function policyKey(spec: KeySpec, hsm: boolean): PolicyKey | undefined {
  if (spec.type === 'RSA') return { type: 'RSA', bits: spec.bits, hsm }
  if (spec.type === 'EC') return { type: 'EC', curve: spec.curve, hsm }
  return undefined
}

/** What the provider is asked to make. */
export function specOf(key: PolicyKey): KeySpec {
  if (key.type === 'RSA') return { type: 'RSA', bits: key.bits, publicExponent: 65_537 }
  return { type: 'EC', curve: key.curve }
}

function exportableOf(
  input: PolicyInput,
  key: PolicyKey,
  before: CertificatePolicy | undefined,
): boolean {
  if (!key.hsm) return input.exportable ?? before?.exportable ?? true
  if (input.exportable === true) {
    throw invalidInput('policy.key_props.exportable', 'it must be false for types that end in -HSM')
  }
  return false
}

function contentTypeOf(wanted: string): CertificateContentType {
  const found = CONTENT_TYPES.find((one) => one === wanted.toLowerCase())
  if (found !== undefined) return found
  throw invalidInput('policy.secret_props.contentType', `it must be ${CONTENT_TYPES.join(' or ')}`)
}

function issuerOf(
  input: Partial<PolicyIssuer> = {},
  before: PolicyIssuer = { name: UNKNOWN },
): PolicyIssuer {
  const given = input.name ?? before.name
  const name = [SELF, UNKNOWN].find((one) => one.toLowerCase() === given.toLowerCase()) ?? given
  if (!isObjectName(name)) {
    const reason = 'it must be Self, Unknown, or the name of an issuer of this vault'
    throw invalidInput('policy.issuer.name', reason)
  }
  return { ...before, ...input, name }
}

function lifetimeActionsOf(
  { lifetimeActions: given }: PolicyInput,
  months: number,
  issuer: PolicyIssuer,
  before: CertificatePolicy | undefined,
): readonly LifetimeAction[] {
  const actions = given ?? before?.lifetimeActions
  if (actions === undefined) {
    const action = issuer.name === UNKNOWN ? 'EmailContacts' : 'AutoRenew'
    return [{ action, lifetimePercentage: 80 }]
  }
  if (new Set(actions.map(({ action }) => action)).size !== actions.length) {
    throw invalidInput('policy.lifetime_actions', 'it may hold each type of action once')
  }
  for (const action of actions) demandTrigger(action, months)
  return actions
}

/** 27 days for each month are the service's bound, so that the time lies inside the validity. */
function demandTrigger(action: LifetimeAction, months: number): void {
  const { lifetimePercentage, daysBeforeExpiry } = action
  const property = 'policy.lifetime_actions.trigger'
  if ((lifetimePercentage === undefined) === (daysBeforeExpiry === undefined)) {
    throw invalidInput(property, 'it must have lifetime_percentage or days_before_expiry, not both')
  }
  if (lifetimePercentage !== undefined && (lifetimePercentage < 1 || lifetimePercentage > 99)) {
    throw invalidInput(`${property}.lifetime_percentage`, 'it must be a whole number from 1 to 99')
  }
  const most = months * 27
  if (daysBeforeExpiry !== undefined && (daysBeforeExpiry < 1 || daysBeforeExpiry > most)) {
    const reason = `it must be a whole number from 1 to ${most}, 27 for each month of validity`
    throw invalidInput(`${property}.days_before_expiry`, reason)
  }
}
