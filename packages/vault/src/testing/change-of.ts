import type { Sealed } from '../seal/sealed.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { Change, Put } from '../store/store.ts'

/** What a test wants to happen; a version is the one that the record has before. */
export interface Intention {
  readonly check?: readonly (readonly [RecordKey, number | 'absent'])[]
  readonly put?: readonly (readonly [RecordKey, number | 'absent', string | Uint8Array])[]
  readonly delete?: readonly (readonly [RecordKey, number])[]
  readonly audit?: readonly string[]
}

/** Spells an intention out: each put and each delete gets its check. */
export function changeOf(intention: Intention): Change {
  const { check = [], put = [], delete: deletes = [], audit = [] } = intention
  return {
    checks: [...check, ...put, ...deletes].map(([key, version]) => ({ key, version })),
    puts: put.map(([key, before, content]) => putOf(key, before, content)),
    deletes: deletes.map(([key]) => key),
    audit,
  }
}

function putOf(key: RecordKey, before: number | 'absent', content: string | Uint8Array): Put {
  const version = before === 'absent' ? 1 : before + 1
  // Not sealed by anybody: a store never looks inside.
  const body = new Uint8Array(Buffer.from(content)) as Uint8Array as Sealed
  const witness = new Uint8Array(Buffer.from(`witness of ${key} ${version}`))
  return { key, version, body, witness }
}
