import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import { MalformedMessage } from './malformed-message.ts'
import { MESSAGE_FIELDS, type Field, type MessageFields } from './message-fields.ts'
import type { Message, MessageName } from './message.ts'

const names = Object.keys(MESSAGE_FIELDS) as MessageName[] // the keys of the table are the names

function fieldsOf(name: MessageName): readonly [string, Field][] {
  const fields: MessageFields = MESSAGE_FIELDS[name]
  return Object.entries(fields)
}

/** Written without the library: enough of protobuf to tell what is right. */
function varint(value: bigint): number[] {
  const low = Number(value & 0x7fn)
  return value < 0x80n ? [low] : [low | 0x80, ...varint(value >> 7n)]
}

function delimited(number: number, octets: Uint8Array): number[] {
  return [...varint(BigInt(number * 8 + 2)), ...varint(BigInt(octets.length)), ...octets]
}

function expectedField(number: number, value: unknown): number[] {
  if (typeof value === 'string') return delimited(number, new TextEncoder().encode(value))
  if (value instanceof Uint8Array) return delimited(number, value)
  if (typeof value === 'boolean') return [...varint(BigInt(number * 8)), 1]
  assert.ok(typeof value === 'number')
  // A negative int32 is written as the 64 bits of its two's complement.
  return [...varint(BigInt(number * 8)), ...varint(BigInt.asUintN(64, BigInt(value)))]
}

function isDefault(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && 'length' in value) return value.length === 0
  return !value
}

function expectedMessage(name: MessageName, message: Readonly<Record<string, unknown>>): number[] {
  return fieldsOf(name).flatMap(([field, [number]]) => {
    const value = message[field]
    if (isDefault(value)) return []
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    return values.flatMap((one) => expectedField(number, one))
  })
}

const wellFormed = fc.string({ unit: 'binary' })
const kinds = {
  string: wellFormed,
  bytes: fc.uint8Array({ maxLength: 300 }),
  int32: fc.integer(),
  bool: fc.boolean(),
  strings: fc.array(wellFormed),
}

const anyMessage = fc.constantFrom(...names).chain((name) => {
  const fields = fieldsOf(name).map(([field, [, kind]]) => [field, kinds[kind]] as const)
  const values: fc.Arbitrary<Record<string, unknown>> = fc.record(
      Object.fromEntries(fields),
      { noNullPrototype: true },
    )
  return values.map((message) => ({ name, message }))
})

const encode = (name: MessageName, message: object): Uint8Array => encodeMessage(name, message)

const isMalformed = (name: MessageName, octets: Uint8Array): boolean => {
  try {
    decodeMessage(name, octets)
    return false
  } catch (thrown) {
    assert.ok(thrown instanceof MalformedMessage, String(thrown))
    return true
  }
}

/**
 * SHA-256, 24 digits of it, of each message as the vendor's Python client writes it: strings hold
 * the name of their field, octets that name twenty times, numbers their field's negative number,
 * lists the name, an empty string and `é中`.
 */
const GOLDEN: Readonly<Record<MessageName, string>> = {
  AdvanceDecryptRequest: 'fe5e8e62696406ddae301090',
  AdvanceDecryptResponse: '3364a4703accc47e414f70ff',
  AdvanceEncryptRequest: '52396e347d88722dcf0da4ec',
  AdvanceEncryptResponse: '92660fc18c77ed07ca8db2e3',
  AdvanceGenerateDataKeyPairRequest: 'a5d0599168ef55b9112b5af4',
  AdvanceGenerateDataKeyPairResponse: '30ba66e518c3292b02d81456',
  AdvanceGenerateDataKeyPairWithoutPlaintextRequest: 'a5d0599168ef55b9112b5af4',
  AdvanceGenerateDataKeyPairWithoutPlaintextResponse: 'c6e6290e86f290eb5b13b423',
  AdvanceGenerateDataKeyRequest: '2ad8719da79f337ee2315f41',
  AdvanceGenerateDataKeyResponse: '99933e6c689e9c5f79690e71',
  DecryptRequest: 'fe5e8e62696406ddae301090',
  DecryptResponse: '9158a2f3daa4a4b469a9ad30',
  EncryptRequest: '52396e347d88722dcf0da4ec',
  EncryptResponse: '6065524078a1694254ec0bf9',
  Error: '5d528d4234bc8fd5bcc24682',
  GenerateDataKeyPairRequest: '1c85736005fd5b27f60c2c7d',
  GenerateDataKeyPairResponse: 'ecb7acaa162220e94a85f1f7',
  GenerateDataKeyPairWithoutPlaintextRequest: '1c85736005fd5b27f60c2c7d',
  GenerateDataKeyPairWithoutPlaintextResponse: 'fee1b0393205f8d2ce45aa8f',
  GenerateDataKeyRequest: '09c2ade95db03c56fdbb2db6',
  GenerateDataKeyResponse: '68e90b6093d4a63477a0e002',
  GenerateRandomRequest: '99ef7fe3588ef1ec2dfe21c4',
  GenerateRandomResponse: 'b889605b478b95a36deedebd',
  GetPublicKeyRequest: '1ad5e045fe51ef7b1f5bc888',
  GetPublicKeyResponse: '2287c2b5fc2a7f013a8ecee7',
  GetSecretValueRequest: '56a1d7a166871eb4fd7d8465',
  GetSecretValueResponse: 'ec8e46cb61033b3d5594d292',
  SignRequest: '379cd0e8855a86f15b4628cb',
  SignResponse: '449d935cd61522b90c22b32c',
  VerifyRequest: '15ff7df769f0269928db9e54',
  VerifyResponse: '2f64b294b6dac55b8d230e07',
}

function golden(name: MessageName): Record<string, unknown> {
  const samples = fieldsOf(name).map(([field, [number, kind]]) => {
    const sample = {
      string: field,
      bytes: new TextEncoder().encode(field.repeat(20)),
      int32: -number,
      bool: true,
      strings: [field, '', 'é中'],
    }
    return [field, sample[kind]] as const
  })
  return Object.fromEntries(samples)
}

describe('a message', () => {
  it('has the octets of the published example', () => {
    const message = { KeyId: 'alias/demo', Plaintext: new TextEncoder().encode('hello') }
    const octets = encodeMessage('EncryptRequest', message)
    assert.equal(octets.toHex(), '0a0a616c6961732f64656d6f120568656c6c6f')
    const digest = 'E76BC058523C448E5DA3711BD776E8D201471CE60EED7463D28EA1ECC892DDC0'
    assert.equal(hash('sha256', octets).toUpperCase(), digest)
    assert.deepEqual({ ...decodeMessage('EncryptRequest', octets) }, {
      ...message,
      Algorithm: '',
      Aad: new Uint8Array(0),
      Iv: new Uint8Array(0),
      PaddingMode: '',
    })
  })

  for (const name of names) {
    it(`has the octets of the vendor's client: ${name}`, () => {
      const octets = encode(name, golden(name))
      assert.equal(hash('sha256', octets).slice(0, 24), GOLDEN[name])
      assert.deepEqual({ ...decodeMessage(name, octets) }, golden(name))
    })
  }

  it('has its fields in the order of their numbers', () => {
    for (const name of names) {
      const numbers = fieldsOf(name).map(([, [number]]) => number)
      assert.deepEqual(numbers, [...new Set(numbers)].toSorted((a, b) => a - b), name)
    }
  })

  it('is written as an encoder of our own writes it, and read again', () => {
    const property = fc.property(anyMessage, ({ name, message }) => {
      const octets = encode(name, message)
      assert.deepEqual([...octets], expectedMessage(name, message))
      assert.deepEqual({ ...decodeMessage(name, octets) }, message)
    })
    fc.assert(property)
  })

  it('is empty when nothing is given, and nothing is every default', () => {
    for (const name of names) {
      assert.equal(encode(name, {}).length, 0)
      const message = decodeMessage(name, new Uint8Array(0))
      assert.ok(Object.values(message).every(isDefault), name)
      assert.deepEqual(Object.keys(message), fieldsOf(name).map(([field]) => field))
    }
  })

  it('shares no list with another message', () => {
    const stages = (): Message<'GetSecretValueResponse'>['VersionStages'] =>
      decodeMessage('GetSecretValueResponse', Uint8Array.of(0x2a, 1, 0x61)).VersionStages
    assert.deepEqual([stages(), stages()], [['a'], ['a']])
  })

  it('counts the last of a field that occurs twice', () => {
    const octets = Uint8Array.from([...expectedField(1, 'first'), ...expectedField(1, 'last')])
    assert.equal(decodeMessage('GetPublicKeyRequest', octets).KeyId, 'last')
  })

  it('keeps a byte order mark that a string begins with', () => {
    const octets = encodeMessage('GetSecretValueResponse', { SecretData: '\ufeffx' })
    assert.equal(decodeMessage('GetSecretValueResponse', octets).SecretData, '\ufeffx')
  })

  it('gives octets that are views of what was read', () => {
    const octets = encodeMessage('EncryptRequest', { Plaintext: Uint8Array.of(1, 2, 3) })
    const { Plaintext } = decodeMessage('EncryptRequest', octets)
    octets.fill(0)
    assert.deepEqual([...Plaintext], [0, 0, 0])
  })
})

describe('octets that were not made by us', () => {
  const keyId = expectedField(1, 'k')

  it('may have unknown fields of every wire type, before and behind', () => {
    const unknown = [
      [0xa0, 0x06, 0xff, 0xff, 0x03], // varint
      [0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8], // 64 bits
      [0xa2, 0x06, 3, 1, 2, 3], // delimited
      [0xa3, 0x06, 0x08, 0x01, 0xa4, 0x06], // group
      [0xa5, 0x06, 1, 2, 3, 4], // 32 bits
    ]
    for (const field of unknown) {
      const octets = Uint8Array.from([...field, ...keyId, ...field])
      assert.equal(decodeMessage('GetPublicKeyRequest', octets).KeyId, 'k', String(field))
    }
  })

  it('are refused when a known field has another wire type', () => {
    const aad = [0x20, 0x01] // field 4 as a varint
    assert.ok(isMalformed('EncryptRequest', Uint8Array.from([...keyId, ...aad])))
    assert.ok(isMalformed('GenerateRandomRequest', Uint8Array.from(expectedField(1, '16'))))
  })

  it('are refused when they end too early, wherever that is', () => {
    const octets = encode('GetSecretValueResponse', golden('GetSecretValueResponse'))
    let refused = 0
    for (let length = 0; length < octets.length; length += 1) {
      if (isMalformed('GetSecretValueResponse', octets.subarray(0, length))) refused += 1
    }
    // Between two fields a message may end.
    assert.equal(octets.length - refused, 15)
  })

  it('are refused when a length goes past the end, however large', () => {
    for (const length of [1n, 0x7fn, 0xffffn, 0x7fffffffn, 0xffffffffn, 2n ** 64n - 1n]) {
      assert.ok(isMalformed('EncryptRequest', Uint8Array.from([0x12, ...varint(length)])))
      assert.ok(isMalformed('EncryptRequest', Uint8Array.from([0x7a, ...varint(length)])))
    }
  })

  it('are refused for groups inside of groups inside of groups', () => {
    const depth = 1_000_000
    const octets = new Uint8Array(depth * 2).fill(0x7b)
    octets.fill(0x7c, depth)
    assert.ok(isMalformed('EncryptRequest', octets))
    assert.ok(isMalformed('EncryptRequest', octets.subarray(0, depth)))
  })

  it('are refused for what is no field at all', () => {
    const wrong = [
      [0x00, 0x00], // field 0
      [0x0c], // the end of a group that has not begun
      [0x0e, 0x01], // wire type 6
      [0x0f, 0x01], // wire type 7
      [0x7b, 0x74], // a group that another one ends
      [...Array<number>(10).fill(0xff), 0x01], // a varint of 11 octets
    ]
    for (const octets of wrong) assert.ok(isMalformed('EncryptRequest', Uint8Array.from(octets)))
  })

  it('are refused when a string is no UTF-8', () => {
    for (const text of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
      const octets = Uint8Array.from(delimited(1, Uint8Array.from(text)))
      assert.ok(isMalformed('GetPublicKeyRequest', octets))
    }
  })

  it('are refused when they are longer than any message', () => {
    assert.ok(isMalformed('EncryptRequest', new Uint8Array(4 * 1024 * 1024 + 1)))
  })

  it('give a message or the one error, whatever they are', () => {
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // Near to a message: some octets of one are replaced.
      fc.tuple(anyMessage, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 })).map(
        ([{ name, message }, changes]) => {
          const near = encode(name, message)
          for (const [at, octet] of changes) near[at % Math.max(near.length, 1)] = octet
          return near
        },
      ),
    )
    const property = fc.property(fc.constantFrom(...names), octets, (name, given) => {
      isMalformed(name, given)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('say nothing of their content in the error', () => {
    const octets = Uint8Array.from([...expectedField(2, 'canary-canary'), 0x7a, 0x7f])
    assert.throws(() => decodeMessage('EncryptRequest', octets), (thrown: unknown) => {
      assert.ok(thrown instanceof MalformedMessage)
      return !thrown.message.includes('canary')
    })
  })
})
