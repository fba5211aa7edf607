import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { AdminError, EXIT } from '../admin-error.ts'
import { textOf } from '../admin-record.ts'
import { commandWithExample } from '../command-group.ts'
import { findPrincipal } from '../find-principal.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = { 'credential id': 'id', kind: 'kind', name: 'displayName' }
const CREDENTIALS: Columns = { ...COLUMNS, hint: 'hint', created: 'createdAt' }

interface LinkOptions {
  readonly issuer: string
  readonly subject: string
}

/** `user set-password|link|credentials|remove-credential`. */
export function userCommands(user: Command, context: AdminContext): void {
  const { ask, show, surroundings } = context
  const idOf = async (meant: string): Promise<string> =>
    textOf(await findPrincipal(context, meant, 'user'), 'id')

  commandWithExample(
    user,
    'set-password <id>',
    'give it the password that comes on standard input; its tokens and sessions are revoked',
    'user set-password Ada < ./password.txt',
  ).action(async (meant: string) => {
    const principal = await idOf(meant)
    const password = oneLine(await surroundings.input())
    show(await ask('users/setPassword', { principal, password }), COLUMNS)
  })
  commandWithExample(
    user,
    'link <id>',
    'say which user of the external OpenID Connect provider it is',
    'user link Ada --issuer https://id.example.com --subject 248289761001',
  )
    .requiredOption('--issuer <url>', 'the provider (iss)')
    .requiredOption('--subject <text>', 'the user there (sub)')
    .action(async (meant: string, { issuer, subject }: LinkOptions) => {
      const principal = await idOf(meant)
      show(await ask('users/linkIdentity', { principal, issuer, subject }), CREDENTIALS)
    })
  commandWithExample(
    user,
    'credentials <id>',
    'show what it signs in with: password, passkeys, external identities',
    'user credentials Ada',
  ).action(async (meant: string) =>
    show(await ask('credentials/list', { principal: await idOf(meant) }), CREDENTIALS))
  commandWithExample(
    user,
    'remove-credential <id> <credential-id>',
    'take a password, passkey or external identity away',
    'user remove-credential Ada 0f8fad5b-d9cb-469f-a165-70867728950e',
  ).action(async (meant: string, credential: string) =>
    show(await ask('credentials/delete', { principal: await idOf(meant), credential }), CREDENTIALS))
}

/** Without the line end that editors and `echo` put behind it. */
function oneLine(input: string): string {
  const text = input.replace(/\r?\n$/, '')
  if (text !== '' && !/[\r\n]/.test(text)) return text
  throw new AdminError('Give the password on standard input, in one line.', EXIT.usage)
}
