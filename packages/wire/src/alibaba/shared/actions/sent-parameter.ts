import { invalidParameter, type KmsRefusal } from '../kms-refusal.ts'
import type { RequestParameters } from '../request-parameters.ts'
import type { Parameter } from './parameter.ts'

/** Characters, and octets, where the row names no limit. */
const LONGEST = 32_768

/** A parameter as a request has it, beside what its row allows. */
export class SentParameter {
  readonly name: string
  readonly row: Parameter
  readonly all: RequestParameters

  constructor(name: string, row: Parameter, all: RequestParameters) {
    this.name = name
    this.row = row
    this.all = all
  }

  /** The value, within its length; absent when it is empty and may not be. @throws KmsRefusal */
  text(): string | undefined {
    const text = this.all.get(this.name)
    if (text === undefined || (text === '' && this.row.mayBeEmpty !== true)) return undefined
    return this.demandLength(text)
  }

  /** @throws KmsRefusal */
  demandLength(text: string): string {
    const { longest = LONGEST, longestOctets = LONGEST } = this.row
    if (text.length > longest) throw this.invalid(`has at most ${longest} characters`)
    if (Buffer.byteLength(text) <= longestOctets) return text
    throw this.invalid(`has at most ${longestOctets} octets`)
  }

  /** @throws KmsRefusal */
  demandMost<Item>(list: readonly Item[]): readonly Item[] {
    const { most = 100 } = this.row
    if (list.length <= most) return list
    throw this.invalid(`has at most ${most} members`)
  }

  /** @param rule completes a sentence that begins with the name, such as `must be JSON`. */
  invalid(rule: string): KmsRefusal {
    return invalidParameter(this.name, rule)
  }
}
