import { invalidInput } from '../invalid-input.ts'
import type { AlternativeNames } from './alternative-names.ts'

const MAXIMUM_NAMES = 100
const MAXIMUM_CHARACTERS = 512

/** Letters, digits and hyphens in labels, a star as the first label; underscores are in use. */
const DNS_NAME = /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i
const EMAIL = /^[\x21-\x3f\x41-\x7e]{1,64}@[a-z0-9.-]{1,253}$/i
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/

interface Rule {
  /** As the wire names it. */
  readonly member: string
  readonly isValid: (name: string) => boolean
  readonly reason: string
}

const RULES: Readonly<Record<keyof AlternativeNames, Rule>> = {
  dnsNames: {
    member: 'dns_names',
    isValid: isDnsName,
    reason: 'each must be a host name in ASCII, such as www.example.com or *.example.com',
  },
  emails: {
    member: 'emails',
    isValid: (name) => EMAIL.test(name),
    reason: 'each must be a mail address in ASCII',
  },
  upns: {
    member: 'upns',
    isValid: (name) => name.length > 0,
    reason: 'each must be a user principal name, such as user@example.com',
  },
  uris: {
    member: 'uris',
    isValid: (name) => /^[\x21-\x7e]+$/.test(name) && /^[a-z][a-z0-9+.-]*:/i.test(name),
    reason: 'each must be an absolute URI in ASCII, such as https://example.com/',
  },
  ipAddresses: {
    member: 'ipAddresses',
    isValid: (name) => IPV4.test(name) || isIpv6(name),
    reason: 'each must be an IPv4 or IPv6 address, such as 192.0.2.1 or 2001:db8::1',
  },
}

/** A host name in ASCII, a star as its first label allowed. */
export function isDnsName(name: string): boolean {
  return DNS_NAME.test(name)
}

/** @throws Fault InvalidInput for a name that is none of its kind. */
export function demandValidNames(names: AlternativeNames): void {
  const kinds = Object.keys(RULES) as (keyof AlternativeNames)[] // the keys of that record
  for (const kind of kinds) {
    const { member, reason } = RULES[kind]
    const given = names[kind] ?? []
    const property = `policy.x509_props.sans.${member}`
    if (given.length > MAXIMUM_NAMES) {
      throw invalidInput(property, `it may hold at most ${MAXIMUM_NAMES} names`)
    }
    for (const name of given) {
      if (!isOfItsKind(kind, name)) throw invalidInput(property, reason)
    }
  }
}

/** Those of the names that keep the rules; others certify what they like. */
export function namesOfTheirKind(names: AlternativeNames): AlternativeNames {
  const kinds = Object.keys(RULES) as (keyof AlternativeNames)[] // the keys of that record
  const kept = kinds.map((kind) => {
    const ofTheirKind = (names[kind] ?? []).filter((name) => isOfItsKind(kind, name))
    return [kind, ofTheirKind] as const
  })
  return Object.fromEntries(kept.filter(([, some]) => some.length > 0))
}

function isOfItsKind(kind: keyof AlternativeNames, name: string): boolean {
  return name.length <= MAXIMUM_CHARACTERS && RULES[kind].isValid(name)
}

/** Eight groups of hexadecimal digits, a run of zeros as `::` (RFC 4291 §2.2), no zone, no dots. */
function isIpv6(name: string): boolean {
  const halves = name.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const isWhole = halves.length === 2 ? groups.length < 8 : groups.length === 8
  return isWhole && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
}
