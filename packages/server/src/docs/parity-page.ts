import { readFileSync } from 'node:fs'
import { OPERATIONS } from '@claviger/vault'
import { CERTIFICATE_ROUTES } from '../doors/azure/certificate-routes.ts'
import { KEY_ROUTES } from '../doors/azure/key-routes.ts'
import type { AzureRoute } from '../doors/azure/route.ts'
import { SECRET_ROUTES } from '../doors/azure/secret-routes.ts'

const evidence = new URL('../../../../docs/parity.json', import.meta.url)

/**
 * Renders `docs/parity.md`: the routes of the Azure door, and which official client was seen to
 * succeed at each. The evidence is what the audit of the servers of a conformance run tells.
 */
export function parityPage(): string {
  const clients = parse(readFileSync(evidence, 'utf8'))
  return [
    '# What works',
    '',
    'Each route of the Azure door, and which unmodified client was seen to succeed at it. Made from',
    '`docs/parity.json`, which a run of `npm run conformance` compares with what the audit of its own',
    'servers tells, so a mark here is a request that was served. A client without a mark has no call for',
    'that route, or the suites do not make it; every route is tested at the door besides.',
    '',
    '## Secrets',
    '',
    ...table(SECRET_ROUTES, clients),
    '',
    '## Keys',
    '',
    ...table(KEY_ROUTES, clients),
    '',
    '## Certificates',
    '',
    ...table(CERTIFICATE_ROUTES, clients),
    '',
    'Managed HSM and storage accounts of Azure, and Alibaba Cloud KMS, are not',
    'served yet. Where a served route differs from the service, [divergences](divergences/azure.md) says',
    'how and why.',
    '',
  ].join('\n')
}

function table(
  routes: readonly AzureRoute[],
  clients: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const names = Object.keys(clients)
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

function auditName(operation: string): string {
  const [noun = '', verb = ''] = operation.split('/')
  const verbs: Readonly<Record<string, { readonly name: string }>> =
    (OPERATIONS as Readonly<Record<string, Readonly<Record<string, { readonly name: string }>>>>)[noun] ?? {}
  return verbs[verb]?.name ?? operation
}

function parse(text: string): Readonly<Record<string, readonly string[]>> {
  const document: unknown = JSON.parse(text)
  if (typeof document !== 'object' || document === null) throw new TypeError('docs/parity.json is not an object')
  return Object.fromEntries(
    Object.entries(document).map(([name, operations]: [string, unknown]) => [
      name,
      Array.isArray(operations) ? operations.map(String) : [],
    ]),
  )
}
