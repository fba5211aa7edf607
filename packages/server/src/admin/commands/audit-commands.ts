import { open, unlink, type FileHandle } from 'node:fs/promises'
import { resolve } from 'node:path'
import { verifyChain } from '@claviger/vault'
import type { Command } from 'commander'
import { chainedEntry } from '../../audit-export/exported-entry.ts'
import { readExport } from '../../audit-export/read-export.ts'
import { speaking } from '../../language/messages.ts'
import { codeOf } from '../../read-private-file.ts'
import { wholeNumber, type AdminContext } from '../admin-context.ts'
import { AdminError } from '../admin-error.ts'
import { recordsOf, type AdminRecord } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'

/** Most that the server gives at once. */
const PAGE = 1000

interface ExportOptions {
  readonly to: string
  readonly after: string
  readonly prune?: true
}

/** `audit export|prune`; a command of its own verifies. */
export function auditCommands(program: Command, context: AdminContext): void {
  const group = commandGroup(
    program,
    'audit',
    'export the audit trail, and remove what was exported',
  )
  commandWithExample(
    group,
    'export',
    'write the entries to a file, one JSON object a line, which verifies by itself',
    'audit export --to ./audit-2026-11.jsonl --prune',
  )
    .requiredOption('--to <file>', 'a file that is not there yet')
    .option('--after <n>', 'only entries after this sequence number', '0')
    .option('--prune', 'remove them from the server once they are on disk and verified')
    .action((options: ExportOptions) => exportAudit(context, options))
  commandWithExample(
    group, 'prune', 'remove entries from the server; the chain stays verifiable from there',
    'audit prune --through 120000',
  )
    .requiredOption('--through <n>', 'sequence number of the last entry to remove')
    .action(async ({ through }: { readonly through: string }) => {
      await context.ask('audit/prune', { through: wholeNumber('--through', through) })
      context.note(`Removed the entries up to number ${through}.`)
    })
}

async function exportAudit(context: AdminContext, options: ExportOptions): Promise<void> {
  const after = wholeNumber('--after', options.after)
  const file = resolve(context.surroundings.workingDirectory, options.to)
  const written = await newFile(file, (handle) => copyEntries(context, handle, after))
  const verdict = await verifyChain(readExport(file), {})
  if (!verdict.intact) {
    const { name, places } = verdict.damage.finding
    const found = speaking('en')(name, places)
    throw new AdminError(`What was exported does not verify, so nothing was removed. ${found}`)
  }
  const through = verdict.last.sequence
  const pruned = options.prune === true && written > 0
  if (pruned) await context.ask('audit/prune', { through })
  context.show({ file, entries: written, through, pruned }, {
    file: 'file', entries: 'entries', 'last entry': 'through', 'removed from the server': 'pruned',
  })
}

/** Each page that is asked for is itself audited, so the end is the first page that is not full. */
async function copyEntries(
  { ask }: AdminContext,
  handle: FileHandle,
  after: number,
): Promise<number> {
  let last = after
  for (let written = 0; ; ) {
    const page = recordsOf(await ask('audit/list', { after: last, limit: PAGE }))
    const lines = page.map(({ sequence, hash, entry }: AdminRecord) => {
      const read = chainedEntry({ sequence, hash, entry })
      if (read === undefined) throw new AdminError('The server gave an audit entry that is none.')
      last = read.sequence
      return `${JSON.stringify({ sequence, hash, entry })}\n`
    })
    await handle.writeFile(lines.join(''))
    written += page.length
    if (page.length < PAGE) return written
  }
}

/**
 * Writes a file of mode 0600 that was not there, durably; what could not be finished is removed.
 */
async function newFile(
  file: string,
  write: (handle: FileHandle) => Promise<number>,
): Promise<number> {
  const handle = await open(file, 'wx', 0o600).catch((cause: unknown) => {
    const code = codeOf(cause)
    const reason = code === 'EEXIST' ? 'it is there already, and nothing is overwritten' : code
    throw new AdminError(`The file ${file} cannot be made: ${reason}.`)
  })
  try {
    const written = await write(handle)
    await handle.sync()
    return written
  } catch (thrown) {
    await unlink(file).catch(() => undefined)
    throw thrown
  } finally {
    await handle.close()
  }
}
