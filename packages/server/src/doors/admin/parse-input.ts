import { Fault } from '@claviger/vault'
import type { Static, TObject } from 'typebox'
import { Check, Errors } from 'typebox/value'

/** One thing that typebox found. */
type Problem = ReturnType<typeof Errors>[number]

/**
 * The input of an operation, checked against its shape; members it does not know are refused, so
 * that a misspelt option is never ignored.
 * @throws Fault InvalidInput, naming the first member that is wrong and never its value.
 */
export function parseInput<Schema extends TObject>(schema: Schema, body: unknown): Static<Schema> {
  if (isOf(schema, body)) return body
  const problems = Errors(schema, body)
  // A member that is not known is told before one that is missing: often they are one mistake.
  const problem = problems.find(({ keyword }) => keyword === 'additionalProperties') ?? problems[0]
  throw problem === undefined ? invalid('input', 'it has another shape') : explain(schema, problem)
}

function isOf<Schema extends TObject>(schema: Schema, body: unknown): body is Static<Schema> {
  return Check(schema, body)
}

function explain(schema: TObject, problem: Problem): Fault<'InvalidInput'> {
  const place = problem.instancePath.slice(1).replaceAll('/', '.')
  const property = place === '' ? 'input' : place
  // The other keywords read well in typebox's own words.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (problem.keyword) {
    case 'additionalProperties': {
      const [unknown = ''] = problem.params.additionalProperties
      const known = place === '' ? Object.keys(schema.properties) : []
      const members = known.length === 0 ? '' : `; its members are ${known.join(', ')}`
      return invalid(
        property,
        `it has no member ${JSON.stringify(unknown.slice(0, 100))}${members}`,
      )
    }
    case 'required':
      return invalid(problem.params.requiredProperties[0] ?? property, 'it is required')
    case 'enum':
      return invalid(property, `it must be one of ${problem.params.allowedValues.join(', ')}`)
    case 'const':
      return invalid(property, `it must be ${String(problem.params.allowedValue)}`)
    case 'pattern':
      return invalid(property, 'it has characters, or a length, that it must not have')
    case 'type':
      return invalid(property, `it must be ${article(String(problem.params.type))}`)
    default:
      return invalid(property, `it ${problem.message}`)
  }
}

function article(type: string): string {
  const word = type === 'object' ? 'JSON object' : type === 'integer' ? 'whole number' : type
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`
}

function invalid(property: string, reason: string): Fault<'InvalidInput'> {
  return new Fault('InvalidInput', { property, reason })
}
