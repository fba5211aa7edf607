import { ACTION_FAMILIES } from './actions.ts'
import type { ActionTable } from './action-row.ts'

const families: readonly ActionTable[] = Object.values(ACTION_FAMILIES)
const rows = families.flatMap((family) => Object.values(family))
const parameters = rows.flatMap((row) => Object.entries(row.parameters))

/** Names of parameters whose values no message or log may show, those of sign-in among them. */
export const CONFIDENTIAL_PARAMETERS: ReadonlySet<string> = new Set([
  'SecurityToken',
  'BearerToken',
  ...parameters.filter(([, parameter]) => parameter.confidential).map(([name]) => name),
])
