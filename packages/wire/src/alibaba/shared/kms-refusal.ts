import { ERRORS, type ErrorCode } from './errors.ts'

/** A refusal of a request in the vendor's own words. Holds names and rules, never a value. */
export class KmsRefusal extends Error {
  readonly code: ErrorCode
  readonly status: number
  /** One sentence that says what to change; empty when there is nothing to say. */
  readonly recommend: string

  constructor(code: ErrorCode, words: { message?: string; recommend?: string } = {}) {
    // Nobody reads where a refusal was made, and to find out costs more than to refuse.
    const frames = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(words.message ?? ERRORS[code].message)
    Error.stackTraceLimit = frames
    this.name = 'KmsRefusal'
    this.code = code
    this.status = ERRORS[code].status
    this.recommend = words.recommend ?? ''
  }
}

/** A parameter that the action needs is absent. The text has its double blanks in the cloud too. */
export function missingParameter(name: string): KmsRefusal {
  return new KmsRefusal('MissingParameter', {
    message: `The parameter  ${name}  needed but no provided.`,
    recommend: `Send the parameter ${name}.`,
  })
}

/** @param rule completes a sentence that begins with the name, such as `must be true or false`. */
export function invalidParameter(name: string, rule: string): KmsRefusal {
  return new KmsRefusal('InvalidParameter', {
    message: `The specified parameter ${name} is not valid.`,
    recommend: `${name} ${rule}.`,
  })
}
