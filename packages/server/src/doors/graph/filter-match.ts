import type { DirectoryCollection, DirectoryPlace } from '@claviger/vault'
import { isGuid } from '@claviger/vault'
import { unsupportedQuery } from './graph-refusal.ts'
import type { FilterExpression, FilterValue } from './filter-expression.ts'
import type { GraphObject } from './render-object.ts'

const ALL = ['id', 'displayName', 'createdDateTime', 'description', 'mailNickname'] as const

/** By what the objects of a collection can be found. */
const FILTERABLE = {
  applications: [...ALL, 'appId', 'identifierUris', 'tags', 'signInAudience'],
  servicePrincipals: [
    ...ALL,
    'appId',
    'accountEnabled',
    'servicePrincipalNames',
    'servicePrincipalType',
    'tags',
  ],
  users: [
    ...ALL,
    'userPrincipalName',
    'accountEnabled',
    'mail',
    'givenName',
    'surname',
    'jobTitle',
    'department',
    'userType',
    'onPremisesImmutableId',
    'otherMails',
  ],
  groups: [...ALL, 'mailEnabled', 'securityEnabled', 'mail', 'groupTypes'],
} as const satisfies Record<DirectoryCollection, readonly string[]>

/** @throws GraphRefusal when the filter names a property that cannot be filtered by. */
export function demandFilterable(
  expression: FilterExpression,
  collection: DirectoryCollection,
): void {
  if (expression.kind === 'not') return demandFilterable(expression.inner, collection)
  if ('left' in expression) {
    demandFilterable(expression.left, collection)
    return demandFilterable(expression.right, collection)
  }
  const { property } = expression
  const known: readonly string[] = FILTERABLE[collection]
  if (known.includes(property)) return
  throw unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of ${collection}.`,
  )
}

/** Tells whether an object is as a filter says; texts are compared without regard to case. */
export function matches(expression: FilterExpression, object: GraphObject): boolean {
  switch (expression.kind) {
    case 'and':
      return matches(expression.left, object) && matches(expression.right, object)
    case 'or':
      return matches(expression.left, object) || matches(expression.right, object)
    case 'not':
      return !matches(expression.inner, object)
    case 'in':
      return expression.values.some((value) => isEqual(object[expression.property] ?? null, value))
    case 'startswith': {
      const value = object[expression.property]
      return typeof value === 'string' && lower(value).startsWith(lower(expression.value))
    }
    case 'any': {
      const list = object[expression.property]
      return Array.isArray(list) && list.some((one) => isEqual(one, expression.value))
    }
  }
}

function isEqual(found: unknown, value: FilterValue): boolean {
  if (typeof found === 'string' && typeof value === 'string') return lower(found) === lower(value)
  return found === value
}

function lower(text: string): string {
  return text.toLowerCase()
}

/** Where the objects that a filter means can be found without reading all. */
export interface FilterLookup {
  readonly place?: DirectoryPlace
  readonly nameStartsWith?: string
}

/** What of a filter leads to its objects; the filter itself is still to be looked at. */
export function lookupOf(
  expression: FilterExpression,
  collection: DirectoryCollection,
): FilterLookup {
  if (expression.kind === 'and') {
    const [left, right] = [expression.left, expression.right].map((one) =>
      lookupOf(one, collection),
    )
    return left?.place !== undefined
      ? left
      : right?.place !== undefined
        ? right
        : { ...right, ...left }
  }
  if (expression.kind === 'startswith' && expression.property === 'displayName') {
    return { nameStartsWith: expression.value }
  }
  const value = onlyTextOf(expression)
  if (value === undefined || !('property' in expression)) return {}
  if (expression.property === 'displayName') return { nameStartsWith: value }
  const place = placeOf(expression.property, value, collection)
  return place === undefined ? {} : { place }
}

function onlyTextOf(expression: FilterExpression): string | undefined {
  if (expression.kind === 'any')
    return typeof expression.value === 'string' ? expression.value : undefined
  if (expression.kind !== 'in' || expression.values.length !== 1) return undefined
  const [value] = expression.values
  return typeof value === 'string' ? value : undefined
}

function placeOf(
  property: string,
  value: string,
  collection: DirectoryCollection,
): DirectoryPlace | undefined {
  if (property === 'id') return { by: 'id', id: value, collections: [collection] }
  if (collection === 'users') {
    return property === 'userPrincipalName'
      ? { by: 'userPrincipalName', userPrincipalName: value }
      : undefined
  }
  if (collection === 'groups') return undefined
  if (property === 'appId') return { by: 'appId', appId: value, collection }
  if (property === 'identifierUris') return { by: 'identifierUri', uri: value, collection }
  if (property !== 'servicePrincipalNames') return undefined
  return isGuid(value)
    ? { by: 'appId', appId: value, collection }
    : { by: 'identifierUri', uri: value, collection }
}
