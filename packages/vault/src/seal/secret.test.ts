import assert from 'node:assert/strict'
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { format, inspect } from 'node:util'
import { Secret } from './secret.ts'

const CANARY = 'canary-7f3a'

/** What a printer must not contain: the text, its hex, both base64s, its octets as numbers. */
const FORBIDDEN = [
  CANARY,
  Buffer.from(CANARY).toString('hex'),
  Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
  Buffer.from(CANARY).toString('hex').replace(/(..)(?=.)/g, '$1 '),
  [...Buffer.from(CANARY)].join(', '),
  [...Buffer.from(CANARY)].join(','),
]

function assertHidden(printed: string): void {
  for (const form of FORBIDDEN) assert.ok(!printed.includes(form), 'a printer shows a secret')
}

function printedBy(print: (console: Console) => void): string {
  let printed = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk)
      done()
    },
  })
  print(new Console({ stdout: stream, stderr: stream }))
  return printed
}

const secret = Secret.fromText(CANARY)
const nested = { outer: [{ secret }], map: new Map([['a', secret]]), set: new Set([secret]) }

test('no way of printing a secret shows its bytes', () => {
  const printers: Readonly<Record<string, () => string>> = {
    String: () => String(secret),
    // The linter refuses a secret in a template for good reason; here it must be seen to be safe.
    // oxlint-disable-next-line typescript/restrict-template-expressions
    template: () => `${secret}`,
    inspect: () => inspect(secret),
    'inspect with everything': () =>
      inspect(secret, { showHidden: true, depth: null, getters: true }),
    'inspect without custom': () => inspect(secret, { customInspect: false, showHidden: true }),
    'inspect nested': () => inspect(nested, { depth: null, showHidden: true }),
    'format %s': () => format('%s', secret),
    'format %o': () => format('%o', secret),
    'format %O': () => format('%O', nested),
    'console.log': () => printedBy((console) => console.log(secret, nested)),
    'console.dir': () => printedBy((console) => console.dir(nested, { depth: null })),
    'console.table': () => printedBy((console) => console.table([{ secret }])),
    'console.error of an error': () =>
      printedBy((console) => console.error(new Error('failed', { cause: { secret } }))),
    keys: () => Object.keys(secret).join() + Object.getOwnPropertyNames(secret).join(),
  }
  for (const printer of Object.values(printers)) assertHidden(printer())
})

test('a secret does not serialise, alone or nested', () => {
  assert.throws(() => JSON.stringify(secret), TypeError)
  assert.throws(() => JSON.stringify({ list: [secret] }), TypeError)
  assertHidden(JSON.stringify(Object.assign({}, secret)))
  assertHidden(JSON.stringify(structuredClone(secret)))
})

test('revealing gives the bytes, and after wiping zeros', () => {
  const wiped = Secret.fromText('ab')
  assert.equal(wiped.byteLength, 2)
  assert.deepEqual([...wiped.reveal()], [97, 98])
  wiped.wipe()
  assert.deepEqual([...wiped.reveal()], [0, 0])
})

test('secrets are equal when their bytes are', () => {
  const one = Secret.fromText('one')
  assert.ok(one.equals(Secret.fromText('one')))
  for (const text of ['', 'on', 'onf', 'one ']) assert.ok(!one.equals(Secret.fromText(text)), text)
  assert.ok(Secret.fromText('').equals(Secret.fromText('')))
})
