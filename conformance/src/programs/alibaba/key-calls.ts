import { randomBytes } from 'node:crypto'
import { type Answer, genericCall, member, type Parameters, text } from './generic-client.ts'

// What every program about keys does.

export const call = genericCall()
/** A part of names that no other program uses. */
export const own = randomBytes(4).toString('hex')

export async function createKey(parameters: Parameters = {}): Promise<string> {
  return text(member(await call('CreateKey', parameters), 'KeyMetadata'), 'KeyId')
}

export async function describe(KeyId: string): Promise<Answer> {
  return member(await call('DescribeKey', { KeyId }), 'KeyMetadata')
}
