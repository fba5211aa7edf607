import { verifyChain, type ChainedEntry, type ChainMark } from '@claviger/vault'
import { ExportDamaged, readExport } from '../audit-export/read-export.ts'
import type { StoredChain } from './stored-chain.ts'
import { intact, notIntact, type Verdict } from './verdict.ts'
import { readHeads } from './verify-store.ts'

/**
 * Verifies exported files, given in their order, as one chain; with a store at hand also that the
 * chain is the store's own. By themselves hashes show damage, but not a chain that somebody has
 * written anew from one end to the other.
 * @throws the system's error when a file cannot be read.
 */
export async function verifyExports(
  files: readonly string[],
  chain: StoredChain | undefined,
): Promise<Verdict> {
  const heads = chain && (await readHeads(chain))
  if (heads !== undefined && 'line' in heads) return heads
  const marks: ChainMark[] = heads === undefined ? [] : [
    ...heads.marks,
    { sequence: heads.head.first - 1, hash: heads.head.base, source: 'the sealed head' },
    { sequence: heads.head.count, hash: heads.head.hash, source: 'the sealed head' },
  ]
  const range: { first?: number } = {}
  let verdict
  try {
    verdict = await verifyChain(allOf(files, range), { marks })
  } catch (thrown) {
    if (thrown instanceof ExportDamaged) return notIntact('changed', thrown.message)
    throw thrown
  }
  if (!verdict.intact) {
    const { kind, reason, sequence } = verdict.damage
    return notIntact(kind, reason, sequence)
  }
  const { first } = range
  const { sequence, hash } = verdict.last
  if (first === undefined) return notIntact('chain lost', 'The export holds no entry.')
  const what = `${verdict.entries} exported entries, numbers ${first} to ${sequence},`
  const open = first === 1 ? '' : ` Entry ${first} itself is proved only with the export before it.`
  if (chain === undefined || heads === undefined) {
    return intact(`${what} fit together; no store is here to tell whether they are its own.${open}`)
  }
  if (sequence > heads.head.count) {
    return notIntact(
      'added',
      'The export goes on behind the end that the sealed head names.',
      heads.head.count + 1,
    )
  }
  if (sequence < heads.head.first - 1) {
    return intact(`${what} fit together; the sealed head knows nothing of them any more.${open}`)
  }
  const isOwn = sequence < heads.head.first || (await hasHash(chain, sequence, hash))
  if (isOwn) return intact(`${what} are those of the store.${open}`)
  return notIntact('rewritten', 'The store has another entry of this number.', sequence)
}

async function* allOf(
  files: readonly string[],
  range: { first?: number },
): AsyncGenerator<ChainedEntry> {
  for (const file of files) {
    for await (const entry of readExport(file)) {
      range.first ??= entry.sequence
      yield entry
    }
  }
}

async function hasHash({ log }: StoredChain, sequence: number, hash: Uint8Array): Promise<boolean> {
  const [found] = await log.entries(sequence - 1, 1)
  return found?.sequence === sequence && Buffer.compare(found.hash, hash) === 0
}
