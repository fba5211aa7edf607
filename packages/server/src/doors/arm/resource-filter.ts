import { ArmRefusal } from './arm-refusal.ts'
import { shorten } from '../../rest/shorten.ts'

const PROPERTIES = ['resourcetype', 'name', 'resourcegroup', 'location', 'tagname', 'tagvalue'] as const
const LONGEST_FILTER = 2048
const CLAUSE = /^\s*\(?\s*([a-z]+)\s+eq\s+'((?:[^']|'')*)'\s*\)?\s*/i
const AND = /^and\s+/i

/** What a `$filter` asks for; names in lower case, values as they were written. */
export type ResourceFilter = Readonly<Partial<Record<(typeof PROPERTIES)[number], string>>>

/**
 * Reads a filter of resources: comparisons by `eq` with a text, joined by `and`.
 * @throws ArmRefusal for anything else, which would give what was not asked for.
 */
export function readResourceFilter(text: string | null): ResourceFilter {
  if (text === null || text.trim() === '') return {}
  if (text.length > LONGEST_FILTER) throw invalid(text)
  const filter: Partial<Record<(typeof PROPERTIES)[number], string>> = {}
  let rest = text
  for (;;) {
    const [clause, property = '', value = ''] = CLAUSE.exec(rest) ?? []
    const name = PROPERTIES.find((one) => one === property.toLowerCase())
    if (clause === undefined || name === undefined || filter[name] !== undefined) throw invalid(text)
    filter[name] = value.replaceAll("''", "'")
    rest = rest.slice(clause.length)
    if (rest === '') break
    const [and] = AND.exec(rest) ?? []
    if (and === undefined) throw invalid(text)
    rest = rest.slice(and.length)
  }
  if (filter.tagvalue !== undefined && filter.tagname === undefined) throw invalid(text)
  return filter
}

function invalid(text: string): ArmRefusal {
  return new ArmRefusal(
    400,
    'InvalidFilterInQueryString',
    `Invalid $filter '${shorten(text, 128)}' specified in the query string. It may compare ` +
      "resourceType, name, resourceGroup, location, tagName and tagValue by eq, joined by 'and'.",
  )
}
