import { Option, type Command } from 'commander'
import { REVOCATION_REASONS } from '@claviger/vault'
import type { AdminContext } from '../admin-context.ts'
import { recordOf, recordsOf, textOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import type { Columns } from '../table.ts'

const COLUMNS: Columns = {
  name: 'name',
  subject: 'subject',
  expires: 'notAfter',
  revoked: revokedText,
  serial: 'serial',
}
const DETAILS: Columns = {
  ...COLUMNS,
  version: 'version',
  issuer: 'issuer',
  authority: 'authority',
}

interface RevokeOptions {
  readonly reason: string
}

/** `certificate …`: what the authorities of the vaults have issued. */
export function certificateCommands(program: Command, { ask, show }: AdminContext): void {
  const group = commandGroup(
    program,
    'certificate',
    'show and revoke what the authorities of a vault have issued',
  )
  commandWithExample(
    group,
    'issued <vault>',
    'list the certificates that the authorities of a vault have issued',
    'certificate issued default --authority 2c6a…',
  )
    .option('--authority <key id>', 'only those of one authority')
    .action(async (vault: string, options: { readonly authority?: string }) => {
      const issued: AdminRecord[] = []
      for (let after: string | undefined; ; ) {
        const input = { vault, ...options, ...(after === undefined ? {} : { after }) }
        const page = recordOf(await ask('certificates/listIssued', input))
        issued.push(...recordsOf(page['items'] ?? []))
        after = textOf(page, 'next')
        if (after === '') return show(issued, COLUMNS)
      }
    })
  commandWithExample(
    group,
    'revoke <vault> <name> [version]',
    'revoke a certificate of a vault, its current version unless said; cannot be undone',
    'certificate revoke default web --reason superseded',
  )
    .addOption(reasonOption())
    .action(async (
      vault: string,
      certificate: string,
      version: string | undefined,
      { reason }: RevokeOptions,
    ) => {
      const which = { vault, certificate, ...(version === undefined ? {} : { version }) }
      show(await ask('certificates/revoke', { ...which, reason }), DETAILS)
    })
  commandWithExample(
    group,
    'revoke-serial <vault> <authority> <serial>',
    'revoke a certificate that is no longer in the vault, as `certificate issued` shows it',
    'certificate revoke-serial default 2c6a… 5f09… --reason keyCompromise',
  )
    .addOption(reasonOption())
    .action(async (
      vault: string,
      authority: string,
      serial: string,
      { reason }: RevokeOptions,
    ) => {
      show(await ask('certificates/revoke', { vault, authority, serial, reason }), DETAILS)
    })
}

function reasonOption(): Option {
  return new Option('--reason <word>', 'what lists and answers say of it (RFC 5280)')
    .choices(Object.keys(REVOCATION_REASONS))
    .default('unspecified')
}

function revokedText({ revoked }: AdminRecord): string {
  if (revoked === undefined) return 'no'
  const { at, reason } = recordOf(revoked)
  return `${new Date(Number(at) * 1000).toISOString().slice(0, 10)}, ${String(reason)}`
}
