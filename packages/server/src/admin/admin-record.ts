import { AdminError } from './admin-error.ts'

/** One thing as the server has answered it. */
export type AdminRecord = Readonly<Record<string, unknown>>

/** @throws AdminError when the server answered with something else. */
export function recordOf(value: unknown): AdminRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new AdminError(
    'The server answered with another shape than this release of the command knows.',
  )
}

/** @throws AdminError when the server answered with something else. */
export function recordsOf(value: unknown): readonly AdminRecord[] {
  return Array.isArray(value) ? value.map(recordOf) : [recordOf(value)]
}

/** A member as text; empty when it is missing. */
export function textOf(record: AdminRecord, name: string): string {
  const value = record[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
