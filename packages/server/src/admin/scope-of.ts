import type { AdminContext } from './admin-context.ts'
import { AdminError, EXIT } from './admin-error.ts'
import { recordOf, textOf } from './admin-record.ts'

/** The options with which a command is told where. */
export interface ScopeOptions {
  readonly scope?: string
  readonly vault?: string
  readonly secret?: string
  readonly key?: string
}

/** The scope that is meant. @throws AdminError when it is said not at all, or twice. */
export async function scopeOf(
  { ask }: AdminContext,
  { scope, vault, secret, key }: ScopeOptions,
): Promise<string> {
  const isOneOf = (scope === undefined) !== (vault === undefined)
  const objects = [
    ...(secret === undefined ? [] : [`secrets/${secret}`]),
    ...(key === undefined ? [] : [`keys/${key}`]),
  ]
  if (!isOneOf || objects.length > 1 || (objects.length > 0 && vault === undefined)) {
    const message = 'Say where: --scope, or --vault, or --vault with one of --secret and --key.'
    throw new AdminError(message, EXIT.usage)
  }
  if (scope !== undefined) return scope
  const resourceId = textOf(recordOf(await ask('vaults/get', { vault })), 'resourceId')
  return [resourceId, ...objects].join('/')
}
