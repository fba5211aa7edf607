import assert from 'node:assert/strict'
import {
  createCipheriv,
  generateKeyPairSync,
  pbkdf2Sync,
  randomBytes,
  scryptSync,
  type KeyObject,
} from 'node:crypto'
import { describe, it } from 'node:test'
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
import { isFault } from '../../fault.ts'
import { readPkcs12 } from './read-pkcs12.ts'

// Files that no tool writes, made by hand: layer within layer, layer beside layer.

const sequence = (...value: AsnType[]): Sequence => new Sequence({ value })
const oid = (value: string): ObjectIdentifier => new ObjectIdentifier({ value })
const octets = (value: Uint8Array): OctetString => new OctetString({ valueHex: Uint8Array.from(value).buffer })
const tagged = (...value: AsnType[]): Constructed => new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value })
const der = (node: AsnType): Uint8Array => new Uint8Array(node.toBER())

const PASSWORD = 'secret'

/** PBES2 with AES-256-CBC, and the key that it makes. */
interface Scheme {
  readonly algorithm: Sequence
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

function scheme(derivation: Sequence, key: Uint8Array): Scheme {
  const iv = randomBytes(16)
  const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv))
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, cipher)), key, iv }
}

/** `claimed` iterations are written, `done` are computed. */
function pbkdf2(claimed: number, done = claimed): Scheme {
  const salt = randomBytes(16)
  const prf = sequence(oid('1.2.840.113549.2.9'), new Null())
  const parameters = sequence(octets(salt), Integer.fromBigInt(BigInt(claimed)), prf)
  const key = pbkdf2Sync(PASSWORD, salt, done, 32, 'sha256')
  return scheme(sequence(oid('1.2.840.113549.1.5.12'), parameters), key)
}

function scrypt(): Scheme {
  const salt = randomBytes(16)
  const [N, r, p] = [1024, 1, 3000]
  const numbers = [N, r, p].map((value) => new Integer({ value }))
  const derivation = sequence(oid('1.3.6.1.4.1.11591.4.11'), sequence(octets(salt), ...numbers))
  return scheme(derivation, scryptSync(PASSWORD, salt, 32, { N, r, p: 1 }))
}

function enciphered(content: Uint8Array, { key, iv }: Scheme): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([cipher.update(content), cipher.final()])
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pkcs8 = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' })

function keyBag(inner: Scheme): Sequence {
  const content = sequence(inner.algorithm, octets(enciphered(pkcs8(privateKey), inner)))
  return sequence(oid('1.2.840.113549.1.12.10.1.2'), tagged(content))
}

const inBag = (bag: Sequence): Sequence =>
  sequence(oid('1.2.840.113549.1.12.10.1.6'), tagged(sequence(bag)))

function content(outer: Scheme, ...bags: readonly Sequence[]): Sequence {
  const ciphertext = Uint8Array.from(enciphered(der(sequence(...bags)), outer)).buffer
  const inside = new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: ciphertext })
  const info = sequence(oid('1.2.840.113549.1.7.1'), outer.algorithm, inside)
  return sequence(oid('1.2.840.113549.1.7.6'), tagged(sequence(new Integer({ value: 0 }), info)))
}

function file(...contents: readonly Sequence[]): Uint8Array {
  const safe = sequence(oid('1.2.840.113549.1.7.1'), tagged(octets(der(sequence(...contents)))))
  return der(sequence(new Integer({ value: 3 }), safe))
}

const isRefused = (thrown: unknown): boolean => isFault(thrown, 'CertificateUnreadable')

/** Refuses at once: it would take minutes to do as the file says. */
async function assertRefused(asked: Uint8Array): Promise<void> {
  const before = process.cpuUsage().user
  await assert.rejects(readPkcs12(asked, PASSWORD), isRefused)
  assert.ok(process.cpuUsage().user - before < 20_000_000)
}

describe('a file of many layers', () => {
  it('gives a key that is enciphered twice', async () => {
    const read = await readPkcs12(file(content(pbkdf2(1000), keyBag(pbkdf2(2000)))), PASSWORD)
    assert.ok(read?.privateKey !== undefined && pkcs8(privateKey).equals(read.privateKey))
  })

  it('gives a key in a bag in a bag, and none in too many', async () => {
    const bags = (count: number): Sequence =>
      Array.from({ length: count }).reduce<Sequence>(inBag, keyBag(pbkdf2(1000)))
    const read = await readPkcs12(file(content(pbkdf2(1000), bags(2))), PASSWORD)
    assert.ok(read?.privateKey !== undefined)
    assert.equal(await readPkcs12(file(content(pbkdf2(1000), bags(9))), PASSWORD), undefined)
  })

  it('is refused for iterations that only show inside, before they are computed', async () => {
    await assertRefused(file(content(pbkdf2(1000), keyBag(pbkdf2(2_000_000_000, 1)))))
  })

  it('is refused for the sum of what its layers ask for', async () => {
    const layer = content(pbkdf2(1_000_000), sequence(oid('1.2.3'), tagged(new Null())))
    await assertRefused(file(...Array.from({ length: 300 }, () => layer)))
  })

  it('is refused for scrypt, whose cost no single number tells', async () => {
    await assertRefused(file(content(scrypt(), keyBag(pbkdf2(1000)))))
    await assertRefused(file(content(pbkdf2(1000), keyBag(scrypt()))))
  })

  it('leaves the event loop free while it is opened', async () => {
    const asked = file(content(pbkdf2(1_000_000), keyBag(pbkdf2(1_000_000))))
    await readPkcs12(file(content(pbkdf2(1000), keyBag(pbkdf2(1000)))), PASSWORD)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const read = await readPkcs12(asked, PASSWORD).finally(() => clearInterval(timer))
    assert.ok(read?.privateKey !== undefined)
    // Two million iterations take a tenth of a second at the very least.
    assert.ok(turns > 5, `${turns} turns`)
  })
})
