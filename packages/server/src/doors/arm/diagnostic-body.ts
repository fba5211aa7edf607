import {
  DESTINATION_KINDS,
  type DiagnosticSetting,
  type LogChoice,
  type MetricChoice,
  type RetentionPolicy,
  type SetDiagnosticSettingInput,
  type WantedDestination,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import { shorten } from '../../rest/shorten.ts'

/** Which member of a setting names which kind of destination. */
const MEMBERS: Readonly<Record<WantedDestination['kind'], string>> = {
  storageAccount: 'storageAccountId',
  workspace: 'workspaceId',
  eventHub: 'eventHubAuthorizationRuleId',
  serviceBus: 'serviceBusRuleId',
  partner: 'marketplacePartnerId',
}

const RESOURCE_ID = /^(?:\/[^/\s]+)+$/
const NAMESPACE = /\/namespaces\/([^/]+)/i
const LONGEST_SHOWN = 64

/** What a body says of a diagnostic setting. */
export type DiagnosticParameters = Pick<
  SetDiagnosticSettingInput,
  'destinations' | 'eventHubName' | 'logs' | 'metrics' | 'workspaceTables'
>

/** @throws MalformedMember */
export function readDiagnosticSetting(body: azure.JsonMembers): DiagnosticParameters {
  const properties = body.requiredObject('properties')
  return {
    destinations: DESTINATION_KINDS.flatMap((kind) => readDestination(properties, kind)),
    logs: (properties.objects('logs') ?? []).map(readLog),
    metrics: (properties.objects('metrics') ?? []).map(readMetric),
    ...azure.omitUndefined({
      eventHubName: properties.string('eventHubName'),
      workspaceTables: properties.string('logAnalyticsDestinationType'),
    }),
  }
}

function readDestination(
  properties: azure.JsonMembers,
  kind: WantedDestination['kind'],
): readonly WantedDestination[] {
  const member = MEMBERS[kind]
  const resourceId = properties.string(member)
  if (resourceId === undefined || resourceId === '') return []
  const sink = RESOURCE_ID.test(resourceId) ? sinkOf(resourceId) : undefined
  if (sink !== undefined) return [{ kind, resourceId, sink: shorten(sink, LONGEST_SHOWN) }]
  throw properties.malformed(member, 'it must be a resource id')
}

/** The name of what is sent to: that of the namespace for one of its rules, else the last one. */
function sinkOf(resourceId: string): string | undefined {
  const name = NAMESPACE.exec(resourceId)?.[1] ?? resourceId.split('/').at(-1)
  return name?.toLowerCase()
}

function readLog(log: azure.JsonMembers): LogChoice {
  return {
    enabled: readEnabled(log),
    ...azure.omitUndefined({
      category: log.string('category'),
      categoryGroup: log.string('categoryGroup'),
      retention: readRetention(log),
    }),
  }
}

/** The first version had no names of metrics: there is one kind. */
function readMetric(metric: azure.JsonMembers): MetricChoice {
  return {
    category: metric.string('category') ?? 'AllMetrics',
    enabled: readEnabled(metric),
    ...azure.omitUndefined({
      timeGrain: metric.string('timeGrain'),
      retention: readRetention(metric),
    }),
  }
}

function readEnabled(choice: azure.JsonMembers): boolean {
  const enabled = choice.boolean('enabled')
  if (enabled === undefined) throw choice.malformed('enabled', 'it must be given')
  return enabled
}

function readRetention(choice: azure.JsonMembers): RetentionPolicy | undefined {
  const policy = choice.object('retentionPolicy')
  if (policy === undefined) return undefined
  return { enabled: policy.boolean('enabled') ?? false, days: policy.integer('days') ?? 0 }
}

/** A diagnostic setting as this wire shows it. */
export function diagnosticSettingBody(setting: DiagnosticSetting): object {
  const { name, resourceId, destinations, logs, metrics } = setting
  const ids = Object.fromEntries(
    DESTINATION_KINDS.map((kind) => [
      MEMBERS[kind],
      destinations.find((one) => one.kind === kind)?.resourceId ?? null,
    ]),
  )
  return {
    id: `${resourceId}/providers/microsoft.insights/diagnosticSettings/${name}`,
    type: 'Microsoft.Insights/diagnosticSettings',
    name,
    location: null,
    kind: null,
    tags: null,
    properties: {
      ...ids,
      eventHubName: setting.eventHubName ?? null,
      logAnalyticsDestinationType: setting.workspaceTables ?? null,
      logs: logs.map(({ category = null, categoryGroup = null, enabled, retention }) => ({
        category,
        categoryGroup,
        enabled,
        retentionPolicy: retention ?? null,
      })),
      metrics: metrics.map(({ category, enabled, timeGrain = null, retention }) => ({
        category,
        enabled,
        timeGrain,
        retentionPolicy: retention ?? null,
      })),
    },
    identity: null,
  }
}
