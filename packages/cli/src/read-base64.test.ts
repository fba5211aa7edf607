import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { speaking } from './language/messages.ts'
import { readBase64 } from './read-base64.ts'

const read = (text: string): Uint8Array | undefined =>
  readBase64('--value', text, { say: speaking('en') })

describe('base64 on a command line', () => {
  it('is taken in both alphabets, with and without padding', () => {
    const octets = Buffer.from('fbefff01', 'hex')
    for (const text of ['++//AQ==', '++//AQ', '--__AQ==', '--__AQ']) assert.deepEqual(read(text), octets)
    assert.deepEqual(read(''), Buffer.alloc(0))
  })

  it('is taken in lines, as programs write it', () => {
    const octets = Buffer.alloc(100, 7)
    const lines = (octets.toString('base64').match(/.{1,64}/g) ?? []).join('\r\n')
    assert.deepEqual(read(`${lines}\n`), octets)
  })

  const WRONG = [
    ['a length that none has', 'hello'],
    ['bits left over', 'secret'],
    ['padding of another length', 'AQ='],
    ['padding after nothing', '=='],
    ['padding that is too long', 'AAAA=='],
    ['padding in between', 'AQ==AQ=='],
    ['two alphabets', '+_AA'],
    ['other characters', 'AQ.A'],
  ] as const
  for (const [what, text] of WRONG) {
    it(`is not ${what}`, () => {
      assert.throws(() => read(text), { name: 'CliError', exitCode: 2 })
    })
  }
})
