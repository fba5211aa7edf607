import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { recordOf } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'

/** `issuer-key rotate`. */
export function issuerKeyCommands(program: Command, { ask, show }: AdminContext): void {
  const group = commandGroup(
    program,
    'issuer-key',
    'manage the keys that access tokens are signed with',
  )
  commandWithExample(
    group,
    'rotate',
    'make a new key; it is published for a while before it signs',
    'issuer-key rotate',
  )
    .option(
      '--compromised',
      'the new key signs at once, and every token of the old ones is refused',
    )
    .action(async (options: object) =>
      show(await ask('issuerKeys/rotate', options), {
        'key id': 'kid', created: 'createdAt', 'signs from': 'signsFrom',
      }))
}

/** `connect`. */
export function connectCommand(program: Command, { ask, show, note }: AdminContext): void {
  commandWithExample(
    program,
    'connect',
    'write connect.env and connect-service-principal.env anew, with fresh credentials',
    'connect',
  ).action(async () => {
    const renewed = recordOf(await ask('connect/renew'))
    show(renewed, { files: 'files' })
    note('The former credentials are revoked: source the files again wherever they were in use.')
  })
}

/** `ca renew`. */
export function authorityCommands(program: Command, { ask, show, note }: AdminContext): void {
  const group = commandGroup(program, 'ca', "manage the server's own certificate authority")
  commandWithExample(
    group,
    'renew',
    'replace the CA and the certificate; every client must trust the new CA to connect again',
    'ca renew',
  ).action(async () => {
    const renewed = recordOf(await ask('ca/renew'))
    show(renewed, { files: 'files' })
    note(
      'Programs must trust the new CA: source connect.env again and start them anew. Where the old ' +
        'CA was copied to, replace it.',
    )
  })
}
