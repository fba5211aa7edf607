import { Option, type Command } from 'commander'
import { clientAddresses } from '../../connect/client-addresses.ts'
import {
  changeHostsFile,
  HOSTS_FILE,
  hostsBlock,
  withHosts,
  withoutHosts,
} from '../../connect/hosts-file.ts'
import { ownAddress } from '../../connect/own-address.ts'
import { codeOf } from '../../read-private-file.ts'
import type { AdminContext } from '../admin-context.ts'
import { AdminError } from '../admin-error.ts'
import { recordsOf, textOf } from '../admin-record.ts'
import { commandWithExample } from '../command-group.ts'

interface HostsOptions {
  readonly add?: true
  readonly remove?: true
  readonly file: string
}

/** `hosts`: the names of the server and of each vault, for machines whose DNS has them not. */
export function hostsCommand(program: Command, context: AdminContext): void {
  const { surroundings, note } = context
  commandWithExample(
    program,
    'hosts',
    'show the lines of a hosts file by which programs here find the server and every vault',
    'hosts --add',
  )
    .option('--add', 'write them into the hosts file, in the place of those before')
    .addOption(new Option('--remove', 'take them out of the hosts file').conflicts('add'))
    .option('--file <path>', 'the hosts file', HOSTS_FILE)
    .action(async ({ add, remove, file }: HostsOptions) => {
      if (remove === true) {
        await change(file, withoutHosts)
        note(`The names of this server are not in ${file} any more.`)
        return
      }
      const block = await blockOf(context)
      if (add !== true) {
        surroundings.out(block)
        return
      }
      await change(file, (before) => withHosts(before, block))
      note(`Programs on this machine now find the names by ${file}.`)
    })
}

async function blockOf({ ask, surroundings }: AdminContext): Promise<string> {
  const config = surroundings.config()
  const vaults = recordsOf(await ask('vaults/list', {}))
  const { hosts } = clientAddresses(config, { https: config.port, identity: config.identityPort })
  const ofVaults = vaults
    .filter((vault) => !('deleted' in vault))
    .map((vault) => `${textOf(vault, 'name')}.vault.${config.domain}`.toLowerCase())
  return hostsBlock(ownAddress(config.host), [...new Set([...hosts, ...ofVaults])])
}

async function change(file: string, to: (before: string) => string): Promise<void> {
  try {
    await changeHostsFile(file, to)
  } catch (thrown) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(thrown))) throw thrown
    throw new AdminError(
      `${file} can be written by the system's administrator alone; ` +
        'run this with sudo, or give the lines that `hosts` shows to somebody who may.',
    )
  }
}
