import { verifyChain, type ChainedEntry, type ChainMark } from '@claviger/vault'
import { ExportDamaged, readExport } from '../audit-export/read-export.ts'
import type { Say } from '../language/messages.ts'
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
  say: Say,
): Promise<Verdict> {
  const heads = chain && (await readHeads(chain, say))
  if (heads !== undefined && 'line' in heads) return heads
  const marks: ChainMark[] = heads === undefined ? [] : [
    ...heads.marks,
    { sequence: heads.head.first - 1, hash: heads.head.base, source: say('sealedHead') },
    { sequence: heads.head.count, hash: heads.head.hash, source: say('sealedHead') },
  ]
  const range: { first?: number } = {}
  let verdict
  try {
    verdict = await verifyChain(allOf(files, range), { marks })
  } catch (thrown) {
    if (thrown instanceof ExportDamaged) {
      const { file, line } = thrown
      return notIntact(say, 'changed', say('exportLine', { file, line }))
    }
    throw thrown
  }
  if (!verdict.intact) {
    const { kind, finding, sequence } = verdict.damage
    return notIntact(say, kind, say(finding.name, finding.places), sequence)
  }
  const { first } = range
  const { sequence, hash } = verdict.last
  if (first === undefined) return notIntact(say, 'chainLost', say('exportEmpty'))
  const places = { entries: verdict.entries, first, last: sequence }
  const open = first === 1 ? '' : say('provedBefore', { first })
  if (chain === undefined || heads === undefined) {
    return intact(say, `${say('exportAlone', places)}${open}`)
  }
  if (sequence > heads.head.count) {
    return notIntact(say, 'added', say('exportBeyond'), heads.head.count + 1)
  }
  if (sequence < heads.head.first - 1) {
    return intact(say, `${say('exportForgotten', places)}${open}`)
  }
  const isOwn = sequence < heads.head.first || (await hasHash(chain, sequence, hash))
  if (isOwn) return intact(say, `${say('exportOwn', places)}${open}`)
  return notIntact(say, 'rewritten', say('exportOther'), sequence)
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
