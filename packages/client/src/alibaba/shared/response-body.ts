import { memberName } from './parameter-names.ts'

/** What an action answered, with names of this language. */
export function responseBody(action: string, body: unknown): unknown {
  // The tags of a certificate are an object whose names are its owner's.
  return withMemberNames(body, action === 'DescribeCertificate' ? 'Tags' : undefined)
}

function withMemberNames(value: unknown, asIs?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withMemberNames(item, asIs))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      memberName(name),
      name === asIs ? member : withMemberNames(member, asIs),
    ]),
  )
}
