import { isGuid } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'

const LONGEST_FILTER = 2048
const AND = /^\s+and\s+/i

/** What a `$filter` of role assignments asks for. */
export interface AssignmentFilter {
  readonly isAtScope?: true
  readonly principal?: string
  readonly assignedTo?: string
}

/** What a `$filter` of role definitions asks for. */
export interface RoleFilter {
  readonly isAtScope?: true
  readonly name?: string
  readonly kind?: 'builtIn' | 'custom'
}

/** One clause of a filter, and what it adds; `undefined` for a value that it cannot have. */
interface Clause<Filter> {
  readonly pattern: RegExp
  readonly read: (value: string) => Filter | undefined
}

const ASSIGNMENT_CLAUSES: readonly Clause<AssignmentFilter>[] = [
  { pattern: /^atScope\(\s*\)/i, read: () => ({ isAtScope: true }) },
  {
    pattern: /^principalId\s+eq\s+'([^']*)'/i,
    read: (principal) => (isGuid(principal) ? { principal } : undefined),
  },
  {
    pattern: /^assignedTo\(\s*'([^']*)'\s*\)/i,
    read: (assignedTo) => (isGuid(assignedTo) ? { assignedTo } : undefined),
  },
]

const ROLE_CLAUSES: readonly Clause<RoleFilter>[] = [
  { pattern: /^atScopeAndBelow\(\s*\)/i, read: () => ({}) },
  { pattern: /^atScope\(\s*\)/i, read: () => ({ isAtScope: true }) },
  {
    pattern: /^roleName\s+eq\s+'((?:[^']|'')*)'/i,
    read: (name) => ({ name: name.replaceAll("''", "'") }),
  },
  {
    pattern: /^type\s+eq\s+'(BuiltInRole|CustomRole)'/i,
    read: (type) => ({ kind: type.toLowerCase() === 'customrole' ? 'custom' : 'builtIn' }),
  },
]

/** @throws ArmRefusal for what would give something else than was asked for. */
export function readAssignmentFilter(text: string | null): AssignmentFilter {
  const words = "atScope(), principalId eq '{id}' and assignedTo('{id}')"
  return readFilter(text, ASSIGNMENT_CLAUSES, words)
}

/** @throws ArmRefusal for what would give something else than was asked for. */
export function readRoleFilter(text: string | null): RoleFilter {
  const words = "atScope(), atScopeAndBelow(), roleName eq '{name}' and type eq '{type}'"
  return readFilter(text, ROLE_CLAUSES, words)
}

function readFilter<Filter extends object>(
  text: string | null,
  clauses: readonly Clause<Filter>[],
  words: string,
): Partial<Filter> {
  let rest = text?.trim() ?? ''
  if (rest.length > LONGEST_FILTER) throw invalid(rest, words)
  let filter: Partial<Filter> = {}
  while (rest !== '') {
    const start = rest
    const clause = clauses.find(({ pattern }) => pattern.test(start))
    const [whole = '', value = ''] = clause?.pattern.exec(rest) ?? []
    const read = clause?.read(value)
    const isTwice = Object.keys(read ?? {}).some((name) => Object.hasOwn(filter, name))
    if (read === undefined || isTwice) throw invalid(text ?? '', words)
    filter = { ...filter, ...read }
    rest = rest.slice(whole.length)
    if (rest === '') break
    const [and] = AND.exec(rest) ?? []
    if (and === undefined || rest.length === and.length) throw invalid(text ?? '', words)
    rest = rest.slice(and.length)
  }
  return filter
}

function invalid(text: string, words: string): ArmRefusal {
  return new ArmRefusal(
    400,
    'UnsupportedQuery',
    `The filter '${shorten(text, 128)}' is not supported. Supported are ${words}, joined by 'and'.`,
  )
}
