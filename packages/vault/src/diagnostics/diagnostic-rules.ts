import { invalidInput } from '../invalid-input.ts'
import {
  DESTINATION_KINDS,
  type DiagnosticChoices,
  type LogChoice,
  type RetentionPolicy,
  type WantedDestination,
} from './diagnostic-setting.ts'
import { CATEGORY_GROUPS, isSame, LOG_CATEGORIES, METRIC_CATEGORIES } from './log-categories.ts'

/** Settings of one vault. */
export const MAXIMUM_SETTINGS = 5

const NAME = /^[^\p{Cc}<>*%&:\\?+/]{1,60}$/u
const MAXIMUM_RESOURCE_ID_CHARACTERS = 1024
const MAXIMUM_TEXT_CHARACTERS = 256
const MAXIMUM_RETENTION_DAYS = 365
/** More than there are kinds, with their groups, would be repetitions. */
const MAXIMUM_CHOICES = 20

/** @throws Fault InvalidInput */
export function demandSettingName(name: string): void {
  if (NAME.test(name) && name.isWellFormed() && name.trim() === name) return
  const reason = 'it has 1 to 60 characters, none of < > * % & : \\ ? + / and no space at an end'
  throw invalidInput('name', reason)
}

/**
 * Holds what a setting says to the rules.
 * @param sinks the operator's names of all that can be sent to.
 * @throws Fault InvalidInput
 */
export function demandSetting(
  destinations: readonly WantedDestination[],
  choices: DiagnosticChoices,
  sinks: readonly string[],
): void {
  if (destinations.length === 0) {
    throw invalidInput('properties', `it must name a destination: ${MEMBERS.join(', ')}`)
  }
  for (const destination of destinations) demandDestination(destination, sinks)
  demandChoices(choices)
  for (const [property, text] of [
    ['properties.eventHubName', choices.eventHubName],
    ['properties.logAnalyticsDestinationType', choices.workspaceTables],
  ] as const) {
    if (text !== undefined && text.length > MAXIMUM_TEXT_CHARACTERS) {
      throw invalidInput(property, `it has at most ${MAXIMUM_TEXT_CHARACTERS} characters`)
    }
  }
}

const MEMBER_OF_KIND: Readonly<Record<WantedDestination['kind'], string>> = {
  storageAccount: 'storageAccountId',
  workspace: 'workspaceId',
  eventHub: 'eventHubAuthorizationRuleId',
  serviceBus: 'serviceBusRuleId',
  partner: 'marketplacePartnerId',
}

const MEMBERS: readonly string[] = DESTINATION_KINDS.map((kind) => MEMBER_OF_KIND[kind])

function demandDestination(
  { kind, resourceId, sink }: WantedDestination,
  sinks: readonly string[],
): void {
  const property = `properties.${MEMBER_OF_KIND[kind]}`
  if (resourceId.length > MAXIMUM_RESOURCE_ID_CHARACTERS) {
    throw invalidInput(property, `it has at most ${MAXIMUM_RESOURCE_ID_CHARACTERS} characters`)
  }
  if (sinks.includes(sink)) return
  const known =
    sinks.length === 0
      ? 'the operator has configured none (CLAVIGER_AUDIT_SINKS)'
      : `those that the operator has configured are ${sinks.join(', ')}`
  throw invalidInput(property, `there is no audit sink of that name; ${known}`)
}

function demandChoices({ logs, metrics }: DiagnosticChoices): void {
  if (![...logs, ...metrics].some(({ enabled }) => enabled)) {
    throw invalidInput('properties', 'one category of logs or metrics at least must be enabled')
  }
  if (logs.length > MAXIMUM_CHOICES || metrics.length > MAXIMUM_CHOICES) {
    const reason = `it may have at most ${MAXIMUM_CHOICES} logs and as many metrics`
    throw invalidInput('properties', reason)
  }
  logs.forEach(demandLog)
  for (const { category, retention, timeGrain } of metrics) {
    demandKnown('properties.metrics', category, METRIC_CATEGORIES)
    demandRetention('properties.metrics', retention)
    if (timeGrain !== undefined && timeGrain.length > MAXIMUM_TEXT_CHARACTERS) {
      throw invalidInput('properties.metrics', `a timeGrain is a duration such as PT1M`)
    }
  }
  demandOnce('properties.metrics', metrics.map(({ category }) => category))
  demandOnce(
    'properties.logs',
    logs.map(({ category, categoryGroup }) => category ?? `group ${categoryGroup ?? ''}`),
  )
  const groups = logs.filter(({ categoryGroup }) => categoryGroup !== undefined)
  if (groups.length > 0 && groups.length < logs.length) {
    throw invalidInput('properties.logs', 'it may name categories or groups of them, not both')
  }
}

function demandLog({ category, categoryGroup, retention }: LogChoice): void {
  if ((category === undefined) === (categoryGroup === undefined)) {
    throw invalidInput('properties.logs', 'each must name a category or a categoryGroup')
  }
  if (category !== undefined) demandKnown('properties.logs', category, Object.keys(LOG_CATEGORIES))
  if (categoryGroup !== undefined) demandKnown('properties.logs', categoryGroup, CATEGORY_GROUPS)
  demandRetention('properties.logs', retention)
}

function demandKnown(property: string, given: string, names: readonly string[]): void {
  if (names.some((name) => isSame(given, name))) return
  const shown = given.length > 64 ? `${given.slice(0, 64)}…` : given
  throw invalidInput(
    property,
    `Category '${shown}' is not supported, supported ones are: ${names.join(', ')}`,
  )
}

function demandOnce(property: string, names: readonly string[]): void {
  if (new Set(names.map((name) => name.toLowerCase())).size === names.length) return
  throw invalidInput(property, 'each category may stand there once')
}

function demandRetention(property: string, retention: RetentionPolicy | undefined): void {
  if (retention === undefined) return
  const { days } = retention
  if (Number.isInteger(days) && days >= 0 && days <= MAXIMUM_RETENTION_DAYS) return
  throw invalidInput(property, `retentionPolicy.days is from 0 to ${MAXIMUM_RETENTION_DAYS}`)
}
