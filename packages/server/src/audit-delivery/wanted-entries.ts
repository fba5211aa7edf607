import type { AuditSubscription, ChainedEntry } from '@claviger/vault'

/** More than the entries of one page; one entry alone is always taken. */
const MAXIMUM_CHARACTERS = 1_048_576

/** What a sink is to get of a page, and how far the page was looked at. */
export interface WantedEntries {
  /** The text of each, as it was hashed. */
  readonly entries: readonly string[]
  /** Sequence number of the last entry that was looked at. */
  readonly through: number
}

/**
 * Chooses what is of the vaults of a sink, and of what is in them; the rest of a page that is too
 * much for one batch is left for the next.
 */
export function wantedEntries(
  page: readonly ChainedEntry[],
  subscriptions: readonly AuditSubscription[],
  before: number,
): WantedEntries {
  const since = new Map(subscriptions.map((one) => [one.resourceId, one.since * 1000]))
  const entries: string[] = []
  let characters = 0
  let through = before
  for (const { sequence, entry } of page) {
    if (isWanted(entry, since)) {
      characters += entry.length
      if (characters > MAXIMUM_CHARACTERS && entries.length > 0) break
      entries.push(entry)
    }
    through = sequence
  }
  return { entries, through }
}

/** What an entry of a vault, or of something in it, begins its resource id with. */
const VAULT =
  /^\/SUBSCRIPTIONS\/[^/]+\/RESOURCEGROUPS\/[^/]+\/PROVIDERS\/MICROSOFT\.KEYVAULT\/VAULTS\/[^/]+/

function isWanted(entry: string, since: ReadonlyMap<string, number>): boolean {
  const { time, resourceId } = factsOf(entry)
  const from = since.get(VAULT.exec(resourceId)?.[0] ?? '')
  return from !== undefined && Date.parse(time) >= from
}

/** An entry that cannot be read is of no vault; that it was tampered with, its chain shows. */
function factsOf(entry: string): { readonly time: string; readonly resourceId: string } {
  try {
    const facts: unknown = JSON.parse(entry)
    if (typeof facts === 'object' && facts !== null && 'time' in facts && 'resourceId' in facts) {
      const { time, resourceId } = facts
      if (typeof time === 'string' && typeof resourceId === 'string') return { time, resourceId }
    }
  } catch {
    // Below.
  }
  return { time: '', resourceId: '' }
}
