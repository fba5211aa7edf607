import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { SECONDS_PER_DAY } from '@claviger/vault'
import type { Command } from 'commander'
import { codeOf } from '../../read-private-file.ts'
import { wholeNumber, type AdminContext } from '../admin-context.ts'
import { AdminError } from '../admin-error.ts'
import { recordOf, textOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findPrincipal } from '../find-principal.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = {
  'credential id': 'id',
  kind: 'kind',
  name: 'displayName',
  hint: 'hint',
  expires: 'expiresAt',
  created: 'createdAt',
}

interface SecretKind {
  readonly noun: 'secret' | 'header'
  readonly kind: 'application' | 'managedIdentity'
  readonly group: string
  readonly what: string
  readonly example: string
}

const SECRET: SecretKind = {
  noun: 'secret', kind: 'application', group: 'app', what: 'client secret', example: 'billing',
}
const HEADER: SecretKind = {
  noun: 'header',
  kind: 'managedIdentity',
  group: 'identity',
  what: 'identity header',
  example: 'nightly-job',
}

/** `app secret|certificate|federated …`. */
export function applicationCredentialCommands(app: Command, context: AdminContext): void {
  secretCommands(app, context, SECRET)
  certificateCommands(app, context)
  federatedCommands(app, context)
}

/** `identity header …`. */
export function identityHeaderCommands(identity: Command, context: AdminContext): void {
  secretCommands(identity, context, HEADER)
}

interface SecretOptions {
  readonly name: string
  readonly expiresDays?: string
}

function secretCommands(parent: Command, context: AdminContext, secretKind: SecretKind): void {
  const { ask, show } = context
  const { noun, kind, group: parentName, what, example } = secretKind
  const group = commandGroup(parent, noun, `manage ${what}s`)
  const prefix = `${parentName} ${noun}`
  const idOf = (meant: string): Promise<string> => principalId(context, meant, kind)

  commandWithExample(
    group,
    'add <id>',
    `make ${what.startsWith('i') ? 'an' : 'a'} ${what}; it is shown this once`,
    `${prefix} add ${example} --name ci --expires-days 90`,
  )
    .option('--name <name>', 'what it is for', what)
    .option('--expires-days <n>', 'days until it expires; without it, it does not')
    .action(async (meant: string, options: SecretOptions) => {
      const { name, expiresDays } = options
      const expiry = expiresDays === undefined ? {} : { expiresAt: inDays(expiresDays) }
      const principal = await findPrincipal(context, meant, kind)
      const input = { principal: textOf(principal, 'id'), displayName: name, ...expiry }
      const made = recordOf(await ask('credentials/createSecret', input))
      context.note(`This ${what} is shown this once and is kept nowhere; store it safely now.`)
      show(withClient(made, principal), {
        'client id': 'clientId',
        'credential id': 'id',
        name: 'displayName',
        expires: 'expiresAt',
        [what]: 'secret',
      })
    })
  commandWithExample(
    group,
    'list <id>',
    'show all credentials of it, none by its value',
    `${prefix} list ${example}`,
  )
    .action(async (meant: string) =>
      show(await ask('credentials/list', { principal: await idOf(meant) }), COLUMNS))
  commandWithExample(
    group,
    'remove <id> <credential-id>',
    'revoke a credential; tokens it has earned live on until they expire',
    `${prefix} remove ${example} 0f8fad5b-d9cb-469f-a165-70867728950e`,
  ).action(async (meant: string, credential: string) =>
    show(await ask('credentials/delete', { principal: await idOf(meant), credential }), COLUMNS))
}

function certificateCommands(app: Command, context: AdminContext): void {
  const group = commandGroup(
    app,
    'certificate',
    'manage certificates whose key signs client assertions',
  )
  commandWithExample(
    group,
    'add <id> <file>',
    'trust a certificate, PEM or DER; a private key in the file stays here',
    'app certificate add billing ./billing.pem',
  )
    .option('--name <name>', 'what it is for', 'certificate')
    .action(async (meant: string, file: string, { name }: { readonly name: string }) => {
      const certificate = certificateIn(file, await readInput(context, file))
      const principal = await principalId(context, meant, 'application')
      const input = { principal, displayName: name, certificate }
      context.show(await context.ask('credentials/addCertificate', input), COLUMNS)
    })
}

interface FederatedOptions {
  readonly name: string
  readonly issuer: string
  readonly subject: string
  readonly audience: readonly string[]
  readonly jwksFile?: string
}

function federatedCommands(app: Command, context: AdminContext): void {
  const group = commandGroup(app, 'federated', 'manage trust in tokens of other issuers')
  commandWithExample(
    group, 'add <id>', 'let whoever has such a token sign in as the application',
    'app federated add billing --issuer https://token.actions.githubusercontent.com \\\n' +
      '    --subject repo:acme/billing:ref:refs/heads/main --audience api://AzureADTokenExchange',
  )
    .option('--name <name>', 'what it is for', 'federated')
    .requiredOption('--issuer <url>', 'the issuer of the tokens (iss)')
    .requiredOption('--subject <text>', 'whom the tokens are about (sub)')
    .requiredOption('--audience <text...>', 'whom the tokens are for (aud)')
    .option('--jwks-file <file>', "the issuer's public keys, for an issuer that cannot be reached")
    .action(async (meant: string, options: FederatedOptions) => {
      const { name, issuer, subject, audience, jwksFile } = options
      const keys = jwksFile === undefined ? undefined : await readInput(context, jwksFile)
      const jwks = keys === undefined ? {} : { jwks: keys.toString('utf8') }
      const principal = await principalId(context, meant, 'application')
      const input = { principal, displayName: name, issuer, subject, audiences: audience, ...jwks }
      context.show(await context.ask('credentials/addFederated', input), COLUMNS)
    })
}

async function principalId(context: AdminContext, meant: string, kind: string): Promise<string> {
  return textOf(await findPrincipal(context, meant, kind), 'id')
}

function withClient(made: AdminRecord, principal: AdminRecord): AdminRecord {
  return { clientId: principal['appId'], ...made }
}

function inDays(text: string): number {
  return Math.floor(Date.now() / 1000) + wholeNumber('--expires-days', text) * SECONDS_PER_DAY
}

async function readInput({ surroundings }: AdminContext, file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(surroundings.workingDirectory, file))
  } catch (cause) {
    throw new AdminError(`The file ${file} cannot be read (${codeOf(cause)}).`)
  }
}

/** The certificate alone, as PEM: whatever else the file holds is not sent. */
function certificateIn(file: string, bytes: Buffer): string {
  try {
    return new X509Certificate(bytes).toString()
  } catch {
    throw new AdminError(`The file ${file} holds no certificate in PEM or DER.`)
  }
}
