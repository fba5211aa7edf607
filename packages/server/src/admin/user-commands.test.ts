import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { adminUnderTest, runIn } from './admin-under-test.ts'
import { readInput } from './read-input.ts'

const PASSWORD = 'correct horse battery'

test('a password comes on standard input and is shown nowhere', async (context) => {
  const { folder, json, memory } = await adminUnderTest(context)
  await json('user', 'create', 'Ada', '--user-name', 'ada@example.com')
  const { code, out, err } = await runIn(folder, ['user', 'set-password', 'Ada'], `${PASSWORD}\n`)
  assert.equal(code, 0, err)
  assert.match(out, /password/)
  const seen = JSON.stringify([out, err, await memory.audit()])
  assert.ok(!seen.includes(PASSWORD))
  const credentials = await json('user', 'credentials', 'Ada')
  assert.ok(Array.isArray(credentials) && credentials.length === 1)
})

test('a bad password is refused with what to change', async (context) => {
  const { folder, json } = await adminUnderTest(context)
  await json('user', 'create', 'Ada')
  const short = await runIn(folder, ['user', 'set-password', 'Ada'], 'short')
  assert.equal(short.code, 1)
  assert.match(short.err, /12 to 256 characters/)
  for (const input of ['', '\n', 'two\nlines']) {
    const { code, err } = await runIn(folder, ['user', 'set-password', 'Ada'], input)
    assert.equal(code, 2)
    assert.match(err, /in one line/)
  }
})

test('a user is linked to one of an external provider, once', async (context) => {
  const { run, json } = await adminUnderTest(context)
  await json('user', 'create', 'Ada')
  const link = ['user', 'link', 'Ada', '--issuer', 'https://id.example.com', '--subject', 's1']
  assert.match((await run(...link)).out, /external/)
  assert.equal((await run(...link)).code, 1)
  const [credential]: { id: string }[] = JSON.parse((await run('user', 'credentials', 'Ada', '--json')).out)
  await json('user', 'remove-credential', 'Ada', credential?.id ?? '')
  assert.equal((await run(...link)).code, 0)
})

test('standard input of more than a few lines is refused', async () => {
  assert.equal(await readInput(Readable.from(['one ', Buffer.from('line')])), 'one line')
  await assert.rejects(readInput(Readable.from(['x'.repeat(5000)])), /too long/)
})
