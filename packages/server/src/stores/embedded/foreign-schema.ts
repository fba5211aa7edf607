import { DatabaseSync } from 'node:sqlite'
import { createSchema } from './schema.ts'

/**
 * What a database is made of that the server did not make, or made otherwise. A trigger would change
 * records inside the writer's own commits; an index may answer a walk through all records with others
 * than those that a read finds. What `ANALYZE` has left is none: it changes no answer.
 * @returns for each its kind and its quoted name, as part of a sentence.
 */
export function foreignSchema(database: DatabaseSync): readonly string[] {
  const own = ownSchema()
  return objectsOf(database)
    .filter(({ text }) => !own.has(text))
    .map(({ kind, name }) => `${kind} ${JSON.stringify(name)}`)
}

interface SchemaObject {
  readonly kind: string
  readonly name: string
  /** All that tells it from another one. */
  readonly text: string
}

function ownSchema(): ReadonlySet<string> {
  const database = new DatabaseSync(':memory:')
  try {
    createSchema(database, new Uint8Array(1))
    return new Set(objectsOf(database).map(({ text }) => text))
  } finally {
    database.close()
  }
}

function objectsOf(database: DatabaseSync): readonly SchemaObject[] {
  return database
    .prepare('SELECT type, name, tbl_name AS owner, sql FROM sqlite_schema')
    .all()
    .map(({ type, name, owner, sql }) => {
      const [kind, title] = [String(type), String(name)]
      // However it is laid out: another release may break its lines elsewhere.
      const plain = typeof sql === 'string' ? sql.replace(/\s+/g, ' ') : sql
      return { kind, name: title, text: JSON.stringify([kind, title, owner, plain]) }
    })
    .filter(({ kind, name }) => !(kind === 'table' && STATISTICS.has(name)))
}

const STATISTICS = new Set(['sqlite_stat1', 'sqlite_stat4'])
