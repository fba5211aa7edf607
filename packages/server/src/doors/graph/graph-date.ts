import { azure } from '@claviger/wire'

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?$/i

/** A time as this wire writes it. */
export function graphDate(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

/**
 * The whole seconds of a time in a body; one without an offset is UTC.
 * @throws azure.MalformedMember
 */
export function dateMember(members: azure.JsonMembers, name: string): number | undefined {
  const text = members.string(name)
  if (text === undefined) return undefined
  const time = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/i.test(text) ? text : `${text}Z`)
  if (FORM.test(text) && !Number.isNaN(time)) return Math.floor(time / 1000)
  throw members.malformed(name, 'it must be a time such as 2027-01-31T12:00:00Z')
}
