import assert from 'node:assert/strict'

/** A test of a Wycheproof file; which members it has beside these depends on its group's type. */
export type Vector = Members & { readonly tcId: number; readonly result: Result }

/** A group of tests, which share a key or sizes. */
export type Group = Members & { readonly type: string; readonly tests: readonly Vector[] }

export type Members = Readonly<Record<string, unknown>>
type Result = 'valid' | 'invalid' | 'acceptable'

export interface VectorFile {
  /** As the table of algorithms names it. */
  readonly name: string
  readonly groups: readonly Group[]
}

/** Reads a file of vectors. @throws AssertionError when it has another form. */
export function parseVectors(name: string, text: string): VectorFile {
  const document: unknown = JSON.parse(text)
  assert.ok(isMembers(document) && Array.isArray(document['testGroups']))
  return { name, groups: document['testGroups'].map(asGroup) }
}

function asGroup(group: unknown): Group {
  assert.ok(isMembers(group) && typeof group['type'] === 'string' && Array.isArray(group['tests']))
  return { ...group, type: group['type'], tests: group['tests'].map(asVector) }
}

function asVector(test: unknown): Vector {
  assert.ok(isMembers(test) && typeof test['tcId'] === 'number')
  const result = RESULTS.find((one) => one === test['result'])
  assert.ok(result !== undefined)
  return { ...test, tcId: test['tcId'], result }
}

const RESULTS = ['valid', 'invalid', 'acceptable'] as const

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Octets of a member in hexadecimal; none where it is missing. */
export function hex(members: Members, name: string): Buffer {
  return Buffer.from(text(members, name), 'hex')
}

/** A member that is text; empty where it is missing. */
export function text(members: Members, name: string): string {
  const value = members[name]
  return typeof value === 'string' ? value : ''
}

/** Tells whether a test is marked with this flag. */
export function hasFlag(vector: Vector, flag: string): boolean {
  return Array.isArray(vector['flags']) && vector['flags'].includes(flag)
}
