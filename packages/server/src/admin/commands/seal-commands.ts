import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { SealSource } from '../../seal-source.ts'
import { shellWord } from '../../connect/shell-word.ts'
import type { AdminContext } from '../admin-context.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'

/** `seal rotate-root-key|rotate-data-key|change`. */
export function sealCommands(program: Command, context: AdminContext): void {
  const { ask, note } = context
  const group = commandGroup(
    program,
    'seal',
    'manage the keys that everything at rest is sealed with',
  )
  commandWithExample(
    group,
    'rotate-root-key',
    'make a new root key and wrap all data keys with it; the data stays as it is',
    'seal rotate-root-key',
  ).action(async () => {
    await ask('seal/rotateRootKey')
    note('The root key is rotated. The root key file, or the passphrase, stays the same.')
  })
  commandWithExample(
    group, 'rotate-data-key <vault>', 'seal what a vault stores from now on with a new data key',
    'seal rotate-data-key payments',
  ).action(async (vault: string) => {
    await ask('seal/rotateDataKey', { vault })
    note(`The data key of ${vault} is rotated; what is there stays readable.`)
  })
  commandWithExample(
    group,
    'change',
    'seal the store with another file or a passphrase, while the server is stopped',
    'seal change --to passphrase --file ./passphrase.txt',
  )
    .addOption(
      new Option('--to <seal>', 'what the store is sealed with from now on')
        .choices(['file', 'passphrase'])
        .makeOptionMandatory(),
    )
    .requiredOption(
      '--file <file>',
      'the root key file, made when it is not there, or the file of the passphrase',
    )
    .action((options: ChangeOptions) => change(context, options))
}

interface ChangeOptions {
  readonly to: SealSource['kind']
  readonly file: string
}

async function change(
  { surroundings, note }: AdminContext,
  { to, file }: ChangeOptions,
): Promise<void> {
  const path = resolve(surroundings.workingDirectory, file)
  // Loaded here alone: the store and the seal are nothing that the other commands need.
  const { changeSeal } = await import('../change-seal.ts')
  await changeSeal(surroundings.config(), { kind: to, path })
  const [set, unset] =
    to === 'file'
      ? ['CLAVIGER_ROOT_KEY_FILE', 'CLAVIGER_PASSPHRASE_FILE']
      : ['CLAVIGER_PASSPHRASE_FILE', 'CLAVIGER_ROOT_KEY_FILE']
  const setting = `${set}=${shellWord(path)}`
  note(`The seal is changed. Start the server from now on with ${setting} and without ${unset}.`)
  note('Keep a copy of that file somewhere safe: without it the data cannot be read.')
}
