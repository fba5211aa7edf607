import { invalidInput } from '../invalid-input.ts'
import type { AuthorityConstraint, X509Properties } from './certificate-policy.ts'
import type { PolicyInput } from './complete-policy.ts'
import { KEY_USAGES, type KeyUsageName } from './key-usage.ts'
import { demandValidNames } from './valid-names.ts'

/** Eighty years and more are for nobody, and the clock of X.509 ends in 9999. */
const MAXIMUM_MONTHS = 1_200
const MAXIMUM_SUBJECT_CHARACTERS = 200
const MAXIMUM_EKUS = 50
const MAXIMUM_PATH_LENGTH = 100
const SERVER_AND_CLIENT = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']
const OBJECT_ID = /^[0-2](?:\.(?:0|[1-9]\d{0,9})){1,20}$/

type Usual = Pick<X509Properties, 'ekus' | 'keyUsage'>
const OF_A_SERVER: Usual = {
  ekus: SERVER_AND_CLIENT,
  keyUsage: ['digitalSignature', 'keyEncipherment'],
}
/** Extended usages of an authority would be a limit for all that it issues. */
const OF_AN_AUTHORITY: Usual = { ekus: [], keyUsage: ['keyCertSign', 'cRLSign'] }

/**
 * Fills in what a policy does not say of the certificate itself: from what it said before, else the
 * service's defaults.
 * @throws Fault InvalidInput
 */
export function completeX509(
  input: PolicyInput,
  before: X509Properties | undefined,
): X509Properties {
  const ca = input.ca === undefined ? before?.ca : input.ca || undefined
  const usual = ca === undefined ? OF_A_SERVER : OF_AN_AUTHORITY
  const x509 = {
    subject: input.subject ?? before?.subject ?? '',
    alternativeNames: input.alternativeNames ?? before?.alternativeNames ?? {},
    ekus: input.ekus ?? before?.ekus ?? usual.ekus,
    keyUsage:
      input.keyUsage === undefined
        ? (before?.keyUsage ?? usual.keyUsage)
        : keyUsageOf(input.keyUsage),
    validityMonths: input.validityMonths ?? before?.validityMonths ?? 12,
    ...(ca === undefined ? {} : { ca }),
  }
  demandGiven(input)
  demandWhole(x509)
  return x509
}

function keyUsageOf(wanted: readonly string[]): readonly KeyUsageName[] {
  const names = wanted.map((one) => {
    const found = KEY_USAGES.find((name) => name.toLowerCase() === one.toLowerCase())
    if (found !== undefined) return found
    const reason = `it may hold ${KEY_USAGES.join(', ')}`
    throw invalidInput('policy.x509_props.key_usage', reason)
  })
  return [...new Set(names)]
}

/** What is said now. What was said before may be of an import, which has other limits. */
function demandGiven(input: PolicyInput): void {
  const { subject = '', alternativeNames = {}, ekus = [], validityMonths = 1 } = input
  if (subject.length > MAXIMUM_SUBJECT_CHARACTERS) {
    const reason = `it may have at most ${MAXIMUM_SUBJECT_CHARACTERS} characters`
    throw invalidInput('policy.x509_props.subject', reason)
  }
  demandValidNames(alternativeNames)
  if (ekus.length > MAXIMUM_EKUS || !ekus.every((one) => OBJECT_ID.test(one))) {
    const reason = `it may hold at most ${MAXIMUM_EKUS} object ids, such as ${SERVER_AND_CLIENT[0]}`
    throw invalidInput('policy.x509_props.ekus', reason)
  }
  if (validityMonths < 1 || validityMonths > MAXIMUM_MONTHS) {
    const reason = `it must be a whole number from 1 to ${MAXIMUM_MONTHS}`
    throw invalidInput('policy.x509_props.validity_months', reason)
  }
}

/** What must hold of all of it together. */
function demandWhole(x509: X509Properties): void {
  const { subject, alternativeNames } = x509
  const hasNames = Object.values(alternativeNames).some(
    (names: readonly string[] | undefined) => names !== undefined && names.length > 0,
  )
  if (subject.trim() === '' && !hasNames) {
    throw invalidInput('policy.x509_props.subject', 'it must be given, or else names in sans')
  }
  if (x509.ca !== undefined) demandAuthority(x509, x509.ca)
}

/** RFC 5280 §4.1.2.4, §4.2.1.3 and §4.2.1.9. */
function demandAuthority(
  { subject, keyUsage }: X509Properties,
  { pathLength = 0 }: AuthorityConstraint,
): void {
  if (subject.trim() === '') {
    throw invalidInput('policy.x509_props.subject', 'it must be given for an authority')
  }
  if (keyUsage.length > 0 && !keyUsage.includes('keyCertSign')) {
    throw invalidInput('policy.x509_props.key_usage', 'it must hold keyCertSign for an authority')
  }
  if (!Number.isInteger(pathLength) || pathLength < 0 || pathLength > MAXIMUM_PATH_LENGTH) {
    const reason = `it must be a whole number from 0 to ${MAXIMUM_PATH_LENGTH}`
    throw invalidInput('policy.x509_props.basic_constraints.path_len_constraint', reason)
  }
}
