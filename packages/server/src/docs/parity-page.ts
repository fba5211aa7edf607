import { readFileSync } from 'node:fs'
import { OPERATIONS } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { CERTIFICATE_ROUTES } from '../doors/azure/certificate-routes.ts'
import { KEY_ROUTES } from '../doors/azure/key-routes.ts'
import type { AzureRoute } from '../doors/azure/route.ts'
import { SECRET_ROUTES } from '../doors/azure/secret-routes.ts'
import type { ArmRoute } from '../doors/arm/route.ts'
import { ARM_ROUTES } from '../doors/arm/routes.ts'
import { GRAPH_ROUTES } from '../doors/graph/routes.ts'
import { SERVED_ACTIONS } from '../doors/alibaba/shared/actions/index.ts'

const evidence = new URL('../../../../docs/parity.json', import.meta.url)

type Evidence = Readonly<Record<string, readonly string[]>>

const IS_OF_AZURE = /azure/
/** They ask the resource manager alone. */
const IS_OF_MANAGER = /^@azure\/arm-/
/** It asks everything. */
const COMMAND_LINE = 'azure-cli'
/** They ask an instance gateway, all others of Alibaba Cloud the shared one. */
const OF_INSTANCE: readonly string[] = [
  'alibabacloud-dkms-gcs',
  'alibabacloud-kms-python-sdk',
  'alibabacloud-dkms-gcs-sdk (Java)',
  'alibabacloud-dkms-gcs-go-sdk',
]

/**
 * Renders `docs/parity.md`: the routes of the Azure door and the actions of both gateways of Alibaba
 * Cloud KMS, and which official client was seen to succeed at each. The evidence is what the audit of
 * the servers of a conformance run tells.
 */
export function parityPage(): string {
  const all = parse(readFileSync(evidence, 'utf8'))
  const clients = only(all, (name) => IS_OF_AZURE.test(name) && !IS_OF_MANAGER.test(name))
  const managers = only(all, (name) => IS_OF_MANAGER.test(name) || name === COMMAND_LINE)
  const commandLine = only(all, (name) => name === COMMAND_LINE)
  const shared = only(all, (name) => !IS_OF_AZURE.test(name) && !OF_INSTANCE.includes(name))
  const instance = only(all, (name) => OF_INSTANCE.includes(name))
  return [
    '# What works',
    '',
    'Each route of the Azure doors and each action of both gateways of Alibaba Cloud KMS, and which',
    'unmodified client was seen to succeed at it. Made from `docs/parity.json`, which a run of',
    '`npm run conformance` compares with what the audit of its own servers tells, so a mark here is a',
    'request that was served. A client without a mark has no call for it, or the suites do not make it;',
    'every route and every action is tested at its door besides.',
    '',
    '## Azure: secrets',
    '',
    ...table(SECRET_ROUTES, clients),
    '',
    '## Azure: keys',
    '',
    ...table(KEY_ROUTES, clients),
    '',
    '## Azure: certificates',
    '',
    ...table(CERTIFICATE_ROUTES, clients),
    '',
    '## Azure: resource manager',
    '',
    'Here and at Graph an operation is at several routes, and a route performs one of several operations,',
    'so that the rows are operations.',
    '',
    ...ruleTable(managerRules(), managers),
    '',
    '## Azure: directory (Graph)',
    '',
    ...ruleTable(GRAPH_ROUTES, commandLine),
    '',
    'Managed HSM and storage accounts of Azure are not served yet. Where a served route differs from',
    'the service, [divergences](divergences/azure.md) says how and why.',
    '',
    '## Alibaba Cloud KMS: shared gateway',
    '',
    ...actionTable(sharedActions(), shared),
    '',
    'Where an action differs from the service, [divergences](divergences/alibaba.md) says how and why:',
    '`ConnectKmsInstance` and `OpenKmsService`, for example, always answer that there is nothing to do.',
    '',
    '## Alibaba Cloud KMS: instance gateway',
    '',
    ...actionTable(Object.keys(alibaba.instance.OPERATIONS), instance),
    '',
  ].join('\n')
}

function table(
  routes: readonly AzureRoute[],
  clients: Evidence,
): readonly string[] {
  const names = marked(clients, routes.map(({ operation }) => auditName(operation)))
  return [
    `| operation | route | since | ${names.join(' | ')} |`,
    `| --- | --- | --- |${names.map(() => ' --- |').join('')}`,
    ...routes.map(({ method, path, since, operation }) => {
      const audited = auditName(operation)
      const marks = names.map((name) => (clients[name]?.includes(audited) === true ? 'yes' : ''))
      return `| ${audited} | \`${method} ${path}\` | ${since} | ${marks.join(' | ')} |`
    }),
  ]
}

/** A route of which it is known what it performs. */
type Rule = Pick<ArmRoute, 'method' | 'operations' | 'path'>

function managerRules(): readonly Rule[] {
  return ARM_ROUTES.map(({ method, path, onScope, operations }) => ({
    method,
    path: onScope === true ? `{scope}${path}` : path,
    operations,
  }))
}

/** A row for each operation, with its routes: what the audit tells is which operation was served. */
function ruleTable(rules: readonly Rule[], clients: Evidence): readonly string[] {
  const routes = new Map<string, string[]>()
  for (const { method, path, operations } of rules) {
    for (const audited of new Set(operations.map(auditName))) {
      routes.set(audited, [...(routes.get(audited) ?? []), `\`${method} ${path}\``])
    }
  }
  const names = marked(clients, [...routes.keys()])
  return [
    `| ${['operation', 'routes', ...names].join(' | ')} |`,
    `| --- | --- |${names.map(() => ' --- |').join('')}`,
    ...[...routes].map(([audited, served]) => {
      const marks = names.map((name) => (clients[name]?.includes(audited) === true ? 'yes' : ''))
      return `| ${[audited, served.join('<br>'), ...marks].join(' | ')} |`
    }),
  ]
}

/** By their families. */
function sharedActions(): readonly string[] {
  return Object.values(alibaba.shared.ACTION_FAMILIES)
    .flatMap((actions) => Object.keys(actions))
    .filter((name) => SERVED_ACTIONS.has(name))
}

function actionTable(actions: readonly string[], clients: Evidence): readonly string[] {
  const names = marked(clients, actions)
  return [
    `| action | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' --- |').join('')}`,
    ...actions.map((action) => {
      const marks = names.map((name) => (clients[name]?.includes(action) === true ? 'yes' : ''))
      return `| ${action} | ${marks.join(' | ')} |`
    }),
  ]
}

/** The clients that were served at one of them at least, so that no column is empty. */
function marked(clients: Evidence, operations: readonly string[]): readonly string[] {
  return Object.keys(clients).filter((name) =>
    operations.some((operation) => clients[name]?.includes(operation) === true),
  )
}

function only(evidence: Evidence, isWanted: (name: string) => boolean): Evidence {
  return Object.fromEntries(Object.entries(evidence).filter(([name]) => isWanted(name)))
}

function auditName(operation: string): string {
  const [noun = '', verb = ''] = operation.split('/')
  const verbs: Readonly<Record<string, { readonly name: string }>> =
    (OPERATIONS as Readonly<Record<string, Readonly<Record<string, { readonly name: string }>>>>)[noun] ?? {}
  return verbs[verb]?.name ?? operation
}

function parse(text: string): Evidence {
  const document: unknown = JSON.parse(text)
  if (typeof document !== 'object' || document === null) throw new TypeError('docs/parity.json is not an object')
  return Object.fromEntries(
    Object.entries(document).map(([name, operations]: [string, unknown]) => [
      name,
      Array.isArray(operations) ? operations.map(String) : [],
    ]),
  )
}
