import assert from 'node:assert/strict'
import { objectOf, textOf } from '../server/json.ts'
import type { AzOutput } from './az.ts'

/** An output that is exactly this. */
export function equals(expected: unknown): (output: AzOutput) => void {
  return (output) => assert.deepEqual(output, expected)
}

/** A listing whose objects have at least these texts, each as the member `member`. */
export function has(member: string, ...texts: readonly string[]): (output: AzOutput) => void {
  return (output) => {
    const listed = textsOf(output, member)
    const missing = texts.filter((text) => !listed.includes(text))
    assert.deepEqual(missing, [], `They are not in the list of ${listed.join(', ')}.`)
  }
}

/** A listing whose objects have none of these texts as the member `member`. */
export function hasNot(member: string, ...texts: readonly string[]): (output: AzOutput) => void {
  return (output) => {
    assert.ok(Array.isArray(output))
    const listed = textsOf(output, member)
    assert.deepEqual(texts.filter((text) => listed.includes(text)), [])
  }
}

/** A listing of exactly these texts as the member `member`, in any order. */
export function hasOnly(member: string, ...texts: readonly string[]): (output: AzOutput) => void {
  return (output) => assert.deepEqual(textsOf(output, member).toSorted(), texts.toSorted())
}

/** A member of an output that is a text; the empty one where it is not. */
export function member(output: AzOutput, name: string): string {
  return textOf(objectOf(output), name)
}

function textsOf(output: AzOutput, name: string): readonly string[] {
  return (Array.isArray(output) ? output : []).map((one) => textOf(objectOf(one), name))
}
