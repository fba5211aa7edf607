import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import { CliError, usageError } from '../cli-error.ts'
import type { Say } from '../language/messages.ts'
import type { JsonValue } from './json-value.ts'

/** What takes a part of a result. @throws CliError when it does not fit that. */
export type Query = (value: JsonValue) => JsonValue

/** Reads a JMESPath expression, before anything is asked. @throws CliError when it is none. */
export function readQuery(expression: string | undefined, say: Say): Query {
  if (expression === undefined) return (value) => value
  const tree = attempted(
    () => compile(expression),
    (reason) => usageError(say('badQuery', { reason })),
  )
  return (value) => {
    // The library knows JSON alone, in which what is absent is not there.
    const json = JSON.parse(JSON.stringify(value)) as JSONValue
    return attempted(
      () => TreeInterpreter.search(tree, json),
      (reason) => new CliError(say('queryDoesNotFit', { reason })),
    )
  }
}

function attempted<Result>(work: () => Result, problem: (reason: string) => CliError): Result {
  try {
    return work()
  } catch (error) {
    throw problem(error instanceof Error ? error.message : '')
  }
}
