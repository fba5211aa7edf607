import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { hashPassword, isPassword, passwordCheck } from './password-hash.ts'
import { demandGoodPassword, normalPassword } from './password-rules.ts'

const secret = (text: string): Secret => Secret.fromText(text)
const textOf = (value: Secret): string => Buffer.from(value.reveal()).toString('utf8')

test('a password is hashed with Argon2id above what OWASP asks for, and known again', async () => {
  const phc = await hashPassword(secret('correct horse battery'))
  assert.match(textOf(phc), /^\$argon2id\$v=19\$m=65536,t=3,p=1\$[0-9A-Za-z+/]{22}\$[0-9A-Za-z+/]{43}$/)
  assert.equal(await isPassword(secret('correct horse battery'), phc), true)
  assert.equal(await isPassword(secret('correct horse batterz'), phc), false)
  assert.notEqual(textOf(await hashPassword(secret('correct horse battery'))), textOf(phc))
})

test('a hash that says other parameters is checked with those', async () => {
  // From the tests of the reference implementation (phc-winner-argon2, test.c, Argon2id).
  const phc =
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
  assert.equal(await isPassword(secret('password'), secret(phc)), true)
  assert.equal(await isPassword(secret('passwort'), secret(phc)), false)
})

test('without a hash, and with one that is none, it is no password', async () => {
  for (const phc of [undefined, secret(''), secret('$argon2id$v=19$m=9999999,t=1,p=1$a$b')]) {
    assert.equal(await isPassword(secret('anything at all'), phc), false)
  }
})

test('more hashes at a time than may wait are refused, and the others are made', async () => {
  const phc = secret('none')
  const tries = Array.from({ length: 60 }, () => isPassword(secret('x'), phc))
  const settled = await Promise.allSettled(tries)
  const refused = settled.filter((one) => one.status === 'rejected')
  assert.equal(refused.length, 60 - 2 - 32)
  for (const { reason } of refused) assert.ok(isFault(reason, 'TooManyRequests'))
  assert.equal(await isPassword(secret('x'), phc), false)
})

const GOOD = ['correct horse battery', 'ein sehr langes Passwort', '正确的马电池订书钉和一个长句子', 'p4$$w0rd-but-long']
const BAD: readonly (readonly [string, string])[] = [
  ['short', 'eleven char'],
  ['long', 'a1b2c3'.repeat(50)],
  ['of more octets than are looked at', '𝒳'.repeat(300)],
  ['of one character', 'a'.repeat(20)],
  ['with a control character', 'correct horse\n battery'],
  ["that holds the user's name", 'my-name-is-ADA@example.com!'],
]

for (const password of GOOD) {
  test(`a password of ${Array.from(password).length} characters is good`, () => {
    assert.equal(textOf(demandGoodPassword(secret(password), ['Ada'])), password.normalize('NFKC'))
  })
}

for (const [what, password] of BAD) {
  test(`a password ${what} is refused, and not named`, () => {
    assert.throws(
      () => demandGoodPassword(secret(password), ['ada@example.com']),
      (thrown) => isFault(thrown, 'InvalidInput') && !JSON.stringify(thrown.detail).includes(password),
    )
  })
}

test('the same characters in another form are the same password', () => {
  const [one, two] = ['A\u030angstro\u0308m', '\u00c5ngstr\u00f6m'].map((text) => normalPassword(secret(text)))
  assert.ok(one !== undefined && two !== undefined && one.equals(two))
})

test('a sign-in that begins again checks its password once for each hash', async () => {
  const [phc, other] = await Promise.all([hashPassword(secret('x')), hashPassword(secret('y'))])
  const check = passwordCheck()
  // Were each of them a hash of its own, so many at a time would be too many.
  const again = Array.from({ length: 60 }, () => check(secret('x'), phc))
  assert.deepEqual(new Set(await Promise.all(again)), new Set([true]))
  assert.equal(await check(secret('x'), other), false)
  assert.equal(await check(secret('x'), undefined), false)
})
