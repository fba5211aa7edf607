import assert from 'node:assert/strict'
import { createCipheriv, generateKeyPairSync, pbkdf2Sync, randomBytes } from 'node:crypto'
import { it } from 'node:test'
import {
  Constructed,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
  type AsnType,
} from 'asn1js'
import { readPkcs12 } from './read-pkcs12.ts'

// A file whose key is enciphered within what is enciphered, as no tool writes it.

const sequence = (...value: AsnType[]): Sequence => new Sequence({ value })
const oid = (value: string): ObjectIdentifier => new ObjectIdentifier({ value })
const octets = (value: Uint8Array): OctetString => new OctetString({ valueHex: Uint8Array.from(value).buffer })
const tagged = (...value: AsnType[]): Constructed => new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value })
const der = (node: AsnType): Uint8Array => new Uint8Array(node.toBER())

const PASSWORD = 'secret'

/** PBES2 with AES-256-CBC; `claimed` iterations are written, `done` are computed. */
function enciphered(content: Uint8Array, claimed: number, done: number): { readonly algorithm: Sequence; readonly ciphertext: Uint8Array } {
  const [salt, iv] = [randomBytes(16), randomBytes(16)]
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(PASSWORD, salt, done, 32, 'sha256'), iv)
  const algorithm = sequence(
    oid('1.2.840.113549.1.5.13'),
    sequence(
      sequence(
        oid('1.2.840.113549.1.5.12'),
        sequence(octets(salt), Integer.fromBigInt(BigInt(claimed)), sequence(oid('1.2.840.113549.2.9'), new Null())),
      ),
      sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv)),
    ),
  )
  return { algorithm, ciphertext: Buffer.concat([cipher.update(content), cipher.final()]) }
}

function nested(claimed: number, done: number): { readonly file: Uint8Array; readonly key: Buffer } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'der' })
  const inner = enciphered(key, claimed, done)
  const bag = sequence(
    oid('1.2.840.113549.1.12.10.1.2'),
    tagged(sequence(inner.algorithm, octets(inner.ciphertext))),
  )
  const outer = enciphered(der(sequence(bag)), 1000, 1000)
  const content = sequence(
    oid('1.2.840.113549.1.7.6'),
    tagged(
      sequence(
        new Integer({ value: 0 }),
        sequence(
          oid('1.2.840.113549.1.7.1'),
          outer.algorithm,
          new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: Uint8Array.from(outer.ciphertext).buffer }),
        ),
      ),
    ),
  )
  const safe = sequence(oid('1.2.840.113549.1.7.1'), tagged(octets(der(sequence(content)))))
  return { file: der(sequence(new Integer({ value: 3 }), safe)), key }
}

it('a key that is enciphered twice is read', async () => {
  const { file, key } = nested(2000, 2000)
  const read = await readPkcs12(file, PASSWORD)
  assert.ok(read?.privateKey !== undefined && key.equals(read.privateKey))
})

it('iterations that only show inside are refused before they are computed', async () => {
  const { file } = nested(2_000_000_000, 1)
  const started = process.cpuUsage().user
  assert.equal(await readPkcs12(file, PASSWORD), undefined)
  // They would take many minutes.
  assert.ok(process.cpuUsage().user - started < 20_000_000)
})
