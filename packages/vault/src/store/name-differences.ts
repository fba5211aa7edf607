import { groupOf, xor, type RecordDigest, type RecordVersion } from './record-digest.ts'

/** What a store holds otherwise than its digest says. */
export interface NamedDifference {
  /** The record; without it, some record of a group that several changes or a removal hit. */
  readonly record?: string
  /** What has happened to it, as part of a sentence. */
  readonly reason: string
}

/** As part of a sentence, with the record's name where it has one. */
export function differenceText({ record, reason }: NamedDifference): string {
  return record === undefined ? reason : `record ${record}: ${reason}`
}

/** Changes of one record that are looked for; each costs a few microseconds for each record. */
const MOST_CHANGES = 1000
const NOTHING = '0'.repeat(32)
/** Stamps computed for all groups together, so that a large store is told of within a minute. */
const MOST_STAMPS = 2_000_000
/** Groups that are looked through, a quarter of all: their records must fit in memory. */
const MOST_GROUPS = 16

/**
 * Names what differs between the digest that a store should have and the one that it has. A group
 * in which one record was put back, or put in again after its deletion, tells which; where several
 * were, or one was taken away, the group's name is all there is.
 * @param records everything that the store holds now; gone through once.
 */
export function nameDifferences(
  kept: RecordDigest,
  found: RecordDigest,
  records: () => Iterable<RecordVersion>,
): readonly NamedDifference[] {
  const differences = kept.differences(found)
  if (differences.length === 0) return []
  const looked = differences.slice(0, MOST_GROUPS)
  const groups = new Map(looked.map(({ group }): [number, RecordVersion[]] => [group, []]))
  for (const record of records()) groups.get(groupOf(record.key))?.push(record)
  const named = looked.map(({ group, stamp }) => {
    const members = groups.get(group) ?? []
    return nameOne(kept, stamp, members, MOST_STAMPS / looked.length) ?? unnamed(members.length)
  })
  const rest = differences.length - looked.length
  return rest === 0 ? named : [...named, { reason: `records of ${rest} further groups differ too` }]
}

function nameOne(
  digest: RecordDigest,
  stamp: string,
  members: readonly RecordVersion[],
  stamps: number,
): NamedDifference | undefined {
  const most = Math.min(MOST_CHANGES, Math.floor(stamps / Math.max(1, members.length)))
  // What the newer version that is missing must have as its stamp, for each that may be the one.
  const wanted = members.map((member) => xor(digest.stampOf(member), stamp))
  const added = wanted.findIndex((rest) => rest === NOTHING)
  if (added >= 0) {
    return { record: members[added]?.key ?? '', reason: 'it was deleted, and was put in again' }
  }
  // The fewest changes first: in a large group the time does not suffice for many.
  for (let changes = 1; changes <= most; changes++) {
    for (const [index, { key, version }] of members.entries()) {
      if (digest.stampOf({ key, version: version + changes }) !== wanted[index]) continue
      return { record: key, reason: `an older state of it was put back; ${changed(changes)} missing` }
    }
  }
  return undefined
}

function changed(changes: number): string {
  return changes === 1 ? 'its last change is' : `its last ${changes} changes are`
}

function unnamed(records: number): NamedDifference {
  const rest = records === 1 ? 'one other record' : `${records} others`
  return {
    reason:
      `a record was taken away, or several were put back at once (it cannot be told which, ` +
      `among ${rest} of the same group)`,
  }
}
