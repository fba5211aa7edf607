import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { demandSameVault, type DiagnosticSettingInput } from './diagnostic-settings.ts'
import { demandSetting, demandSettingName, MAXIMUM_SETTINGS } from './diagnostic-rules.ts'
import {
  DIAGNOSTIC_EPOCH_KEY,
  diagnosticSettingKey,
  diagnosticSettingPrefix,
  type DiagnosticChoices,
  type DiagnosticDestination,
  type DiagnosticSetting,
  type WantedDestination,
} from './diagnostic-setting.ts'
import { AUDIT_EVENT, isSame, sentCategories } from './log-categories.ts'

export interface SetDiagnosticSettingInput extends DiagnosticSettingInput, DiagnosticChoices {
  readonly destinations: readonly WantedDestination[]
  /** The names of all that can be sent to, which only the server knows. */
  readonly sinks: readonly string[]
}

/**
 * Makes a diagnostic setting, or another of it. A destination that it had keeps what it has not got
 * yet; a new one gets what happens from then on.
 */
export const setDiagnosticSetting = operation<SetDiagnosticSettingInput, DiagnosticSetting>({
  name: 'DiagnosticSettingSet',
  permission: 'diagnostics/write',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: ({ name }) => `diagnosticSettings/${name.slice(0, 64)}`,

  async run({ unit, vault, now }, input) {
    const { name, resourceId, sinks, destinations } = input
    demandSameVault(vault(), resourceId)
    demandSettingName(name)
    const { logs, metrics, eventHubName, workspaceTables } = input
    const choices: DiagnosticChoices = {
      logs,
      metrics,
      ...(eventHubName === undefined ? {} : { eventHubName }),
      ...(workspaceTables === undefined ? {} : { workspaceTables }),
    }
    demandSetting(destinations, choices, sinks)
    const key = diagnosticSettingKey(vault(), name)
    // Before the list, which adds no checks.
    await unit.get(DIAGNOSTIC_EPOCH_KEY)
    const before = (await unit.get<DiagnosticSetting>(key))?.meta
    const all = await unit.listAll<DiagnosticSetting>(diagnosticSettingPrefix(vault()))
    const others = all.filter((one) => one.key !== key).map(({ content }) => content.meta)
    if (before === undefined && others.length >= MAXIMUM_SETTINGS) {
      const reason = `a vault has at most ${MAXIMUM_SETTINGS} diagnostic settings; delete one first`
      throw invalidInput('name', reason)
    }
    demandFreeSinks(destinations, choices, others)
    const setting: DiagnosticSetting = {
      ...choices,
      name: before?.name ?? name,
      resourceId: vault().resourceId,
      destinations: destinations.map((one) => ({ ...one, since: sinceOf(one, before, now) })),
    }
    unit.put<DiagnosticSetting>(key, { meta: setting })
    unit.put(DIAGNOSTIC_EPOCH_KEY, { meta: {} })
    return setting
  },
})

function sinceOf(
  { sink }: WantedDestination,
  before: DiagnosticSetting | undefined,
  now: EpochSeconds,
): EpochSeconds {
  if (before === undefined || !sentCategories(before.logs).includes(AUDIT_EVENT)) return now
  return before.destinations.find((one) => one.sink === sink)?.since ?? now
}

/** Whatever is sent goes to a sink once. @throws Fault DiagnosticSinkTaken */
function demandFreeSinks(
  destinations: readonly WantedDestination[],
  { logs, metrics }: DiagnosticChoices,
  others: readonly DiagnosticSetting[],
): void {
  const wanted = categoriesOf({ logs, metrics })
  for (const { sink, resourceId } of destinations) {
    const hasSink = (one: DiagnosticDestination): boolean => one.sink === sink
    for (const other of others.filter((one) => one.destinations.some(hasSink))) {
      const theirs = categoriesOf(other)
      const category = wanted.find((one) => theirs.some((their) => isSame(their, one)))
      if (category === undefined) continue
      throw new Fault('DiagnosticSinkTaken', { sink: resourceId, setting: other.name, category })
    }
  }
}

function categoriesOf({ logs, metrics }: DiagnosticChoices): readonly string[] {
  const enabled = metrics.filter((metric) => metric.enabled).map(({ category }) => category)
  return [...sentCategories(logs), ...enabled]
}
