import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { alibaba } from '@claviger/wire'
import fc from 'fast-check'
import { UnexpectedAnswerError } from '../../core/index.ts'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import {
  MESSAGE_FIELDS,
  OPERATIONS,
  type FieldKind,
  type MessageFields,
  type MessageName,
} from './message-fields.ts'

// The codec of this package against that of the server, which reads and writes by a library: what
// is sent is the same octets, and what is answered is read alike.

const { instance } = alibaba

const VALUES: Readonly<Record<FieldKind, fc.Arbitrary<unknown>>> = {
  string: fc.string({ unit: 'binary', maxLength: 300 }),
  bytes: fc.uint8Array({ maxLength: 300 }).map((octets) => Uint8Array.from(octets)),
  int32: fc.nat(2 ** 31 - 1),
  bool: fc.boolean(),
  strings: fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 5 }),
}

/** Messages of ours, and the server's of the same operation. */
const PAIRS: readonly (readonly [ours: MessageName, theirs: alibaba.instance.MessageName])[] = [
  ['Error', 'Error'],
  ...Object.entries(OPERATIONS).flatMap(([name, [request, response]]) => {
    assert.ok(instance.isOperation(name))
    const theirs = instance.OPERATIONS[name]
    return [[request, theirs.request] as const, [response, theirs.response] as const]
  }),
]

/** Fields that both have; an older answer does not name the version of the key. */
function sharedFields(ours: MessageName, theirs: alibaba.instance.MessageName): MessageFields {
  const known = instance.decodeMessage(theirs, new Uint8Array())
  const fields: MessageFields = MESSAGE_FIELDS[ours]
  const shared = Object.entries(fields).filter(([name]) => name in known)
  const missing = Object.keys(fields).filter((name) => !(name in known))
  assert.ok(missing.every((name) => name === 'KeyVersionId'), `${theirs}: ${missing.join()}`)
  return Object.fromEntries(shared)
}

describe('the messages of an instance', () => {
  for (const [ours, theirs] of PAIRS) {
    it(`${ours} is the server's ${theirs}, in octets and read`, () => {
      const fields = sharedFields(ours, theirs)
      const model = Object.fromEntries(
        Object.entries(fields).map(([name, [, kind]]) => [name, VALUES[kind]]),
      )
      const property = fc.property(fc.record(model), (message) => {
        const octets = instance.encodeMessage(theirs, message)
        if (ours.endsWith('Request')) {
          assert.deepEqual(encodeMessage(ours, message), Uint8Array.from(octets))
        }
        assert.partialDeepStrictEqual(decodeMessage(ours, octets), message)
      })
      fc.assert(property, { numRuns: 50 })
    })
  }

  it('are read or refused by name, whatever the octets are', () => {
    const property = fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
      for (const name of ['Error', 'EncryptResponse', 'GetSecretValueResponse'] as const) {
        try {
          decodeMessage(name, octets)
        } catch (error) {
          assert.ok(error instanceof UnexpectedAnswerError)
        }
      }
    })
    fc.assert(property, { numRuns: 2000 })
  })
})
