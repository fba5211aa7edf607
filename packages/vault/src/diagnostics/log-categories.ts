import type { LogChoice } from './diagnostic-setting.ts'

/** The kind of log that the entries of the audit are. */
export const AUDIT_EVENT = 'AuditEvent'

/** The kinds of log of a vault, each with the groups it is in. */
export const LOG_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  [AUDIT_EVENT]: ['audit', 'allLogs'],
  // Nothing here evaluates such policies, so it can be chosen and has no entries.
  AzurePolicyEvaluationDetails: ['allLogs'],
}

/** Likewise: there are no metrics of one vault. */
export const METRIC_CATEGORIES: readonly string[] = ['AllMetrics']

/** The groups of kinds of log. */
export const CATEGORY_GROUPS: readonly string[] = [
  ...new Set(Object.values(LOG_CATEGORIES).flat()),
]

/** The kinds of log that are sent, in the words of the table. */
export function sentCategories(logs: readonly LogChoice[]): readonly string[] {
  const isChosen = (name: string, groups: readonly string[]): boolean =>
    logs.some(
      ({ category, categoryGroup, enabled }) =>
        enabled &&
        (isSame(category, name) || groups.some((group) => isSame(categoryGroup, group))),
    )
  return Object.entries(LOG_CATEGORIES)
    .filter(([name, groups]) => isChosen(name, groups))
    .map(([name]) => name)
}

/** Names are compared without case. */
export function isSame(given: string | undefined, name: string): boolean {
  return given?.toLowerCase() === name.toLowerCase()
}
