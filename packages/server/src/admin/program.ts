import { Command } from 'commander'
import { COMMAND_NAMES } from '../command-names.ts'
import { speaking } from '../language/messages.ts'
import { adminContext, type AdminSurroundings } from './admin-context.ts'
import { adminClient, type Ask } from './admin-client.ts'
import { adminSocket } from './admin-socket.ts'
import { accessCommands } from './commands/access-commands.ts'
import { accessKeyCommands } from './commands/access-key-commands.ts'
import { auditCommands } from './commands/audit-commands.ts'
import { certificateCommands } from './commands/certificate-commands.ts'
import {
  applicationCredentialCommands,
  identityHeaderCommands,
} from './commands/credential-commands.ts'
import { groupMemberCommands } from './commands/group-member-commands.ts'
import { hostsCommand } from './commands/hosts-command.ts'
import { policyCommands } from './commands/policy-commands.ts'
import { principalCommands } from './commands/principal-commands.ts'
import { recordCommands } from './commands/record-commands.ts'
import { roleAssignmentCommands, roleCommands } from './commands/role-commands.ts'
import { sealCommands } from './commands/seal-commands.ts'
import { authorityCommands, connectCommand, issuerKeyCommands } from './commands/server-commands.ts'
import { tenantCommands } from './commands/tenant-commands.ts'
import { userCommands } from './commands/user-commands.ts'
import { vaultCommands } from './commands/vault-commands.ts'
import { helpIn } from './help.ts'

/** The whole admin command; its errors are thrown, never a reason to end the process. */
export function adminProgram(surroundings: AdminSurroundings): Command {
  const program = new Command()
  const say = speaking(surroundings.language)
  const ask: Ask = (operation, input) =>
    adminClient(adminSocket(surroundings.config().dataDir))(operation, input)
  const context = adminContext(ask, surroundings, () => program.opts()['json'] === true)
  program
    .name(COMMAND_NAMES.admin)
    .usage('<noun> <verb> …')
    .description(
      'Manages a running Claviger through the socket in its data folder (CLAVIGER_DATA_DIR).',
    )
    .option('--json', "print the server's answer as JSON, for programs")
    .addHelpText('after', say('adminMoreHelp', { ...COMMAND_NAMES }))
    // Before the commands are made, which inherit it.
    .exitOverride()
    .configureOutput({
      writeOut: surroundings.out,
      writeErr: surroundings.err,
      // Said once, by `runAdmin`, in the language of the run.
      outputError: () => undefined,
    })
    .configureHelp(helpIn(surroundings.language, say))

  vaultCommands(program, context)
  applicationCredentialCommands(principalCommands(program, context, 'app'), context)
  identityHeaderCommands(principalCommands(program, context, 'identity'), context)
  userCommands(principalCommands(program, context, 'user'), context)
  groupMemberCommands(principalCommands(program, context, 'group'), context)
  principalCommands(program, context, 'session-role')
  accessKeyCommands(program, context)
  roleCommands(program, context)
  roleAssignmentCommands(program, context)
  accessCommands(program, context)
  policyCommands(program, context)
  certificateCommands(program, context)
  issuerKeyCommands(program, context)
  sealCommands(program, context)
  authorityCommands(program, context)
  auditCommands(program, context)
  recordCommands(program, context)
  tenantCommands(program, context)
  connectCommand(program, context)
  hostsCommand(program, context)
  return program
}
