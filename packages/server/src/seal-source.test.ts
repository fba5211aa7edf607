import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile } from 'node:fs/promises'
import { rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { isFault } from '@claviger/vault'
import { ownershipProblem } from './read-private-file.ts'
import { readSealSource } from './seal-source.ts'

const KEY = Buffer.alloc(32, 7)
const KEY_TEXT = `${KEY.toString('base64')}\n`
const windows = process.platform === 'win32'

let folder = ''
let count = 0
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'claviger-seal-'))
})
after(() => rm(folder, { recursive: true }))

function fresh(): string {
  count += 1
  return join(folder, `file-${count}`)
}

async function fileOf(content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = fresh()
  await writeFile(path, content)
  await chmod(path, mode)
  return path
}

/** Asserts a refusal that names the path, says this, and shows nothing of the content. */
async function assertRefused(
  reading: Promise<unknown>,
  path: string,
  pattern: RegExp,
  content = '',
): Promise<void> {
  await assert.rejects(reading, (thrown) => {
    assert.ok(isFault(thrown, 'UnsealFailed'), inspect(thrown))
    assert.match(thrown.detail.reason, pattern)
    assert.ok(thrown.detail.reason.includes(path), 'names the path')
    const shown = inspect(thrown, { depth: null })
    assert.ok(content === '' || !shown.includes(content), 'shows the content')
    return true
  })
}

test('a new store gets a root key file of 32 random octets for its owner alone', async () => {
  const path = join(folder, 'not', 'yet', 'there', 'root.key')
  const { kind, secret } = await readSealSource({ kind: 'file', path }, true)
  assert.equal(kind, 'file')
  assert.equal(secret.byteLength, 32)
  const text = await readFile(path, 'utf8')
  assert.equal(text, `${Buffer.from(secret.reveal()).toString('base64')}\n`)
  if (!windows) {
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.equal((await stat(join(folder, 'not'))).mode & 0o777, 0o700)
  }
  const other = await readSealSource({ kind: 'file', path: fresh() }, true)
  assert.notDeepEqual(other.secret.reveal(), secret.reveal())
  const again = await readSealSource({ kind: 'file', path }, true)
  assert.deepEqual(again.secret.reveal(), secret.reveal())
  assert.equal(await readFile(path, 'utf8'), text)
})

test('the file is private whatever the umask says', { skip: windows }, async () => {
  const before = process.umask(0)
  try {
    const path = fresh()
    await readSealSource({ kind: 'file', path }, true)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
  } finally {
    process.umask(before)
  }
})

test('a root key file is read with and without its newline', async () => {
  for (const text of [KEY_TEXT, KEY_TEXT.trimEnd(), `${KEY_TEXT.trimEnd()}\r\n`]) {
    const { secret } = await readSealSource({ kind: 'file', path: await fileOf(text) }, false)
    assert.deepEqual(Buffer.from(secret.reveal()), KEY)
  }
})

test('a root key file that is missing from a sealed store is not made anew', async () => {
  const path = fresh()
  const reading = readSealSource({ kind: 'file', path }, false)
  await assertRefused(reading, path, /is missing.*your backup/)
  await assert.rejects(stat(path))
})

for (const mode of [0o640, 0o604, 0o620, 0o610, 0o601, 0o644, 0o660, 0o777]) {
  const octal = mode.toString(8)
  test(`a file with mode ${octal} is refused, saying what to type`, { skip: windows }, async () => {
    for (const kind of ['file', 'passphrase'] as const) {
      const path = await fileOf(KEY_TEXT, mode)
      const pattern = new RegExp(`mode 0${octal}\\); type: chmod 600 `)
      await assertRefused(readSealSource({ kind, path }, true), path, pattern, KEY_TEXT.trim())
    }
  })
}

test('a file that only its owner can read, and not write, is taken', async () => {
  const path = await fileOf(KEY_TEXT, 0o400)
  const { secret } = await readSealSource({ kind: 'file', path }, false)
  assert.equal(secret.byteLength, 32)
})

test('a file of another user is refused', { skip: process.geteuid?.() !== 0 }, async () => {
  const path = await fileOf(KEY_TEXT)
  await chown(path, 12345, 0)
  await assertRefused(readSealSource({ kind: 'file', path }, false), path, /user 12345.*chown 0 /)
})

test('the owner counts before the mode, and the command is safe to paste', () => {
  const file = { path: "/keys/it's here", mode: 0o100644, owner: 7, user: 0 }
  assert.match(ownershipProblem(file) ?? '', /chown 0 '\/keys\/it'\\''s here'$/)
  assert.match(ownershipProblem({ ...file, owner: 0 }) ?? '', /mode 0644\); type: chmod 600 '/)
  assert.equal(ownershipProblem({ ...file, owner: 0, mode: 0o100600 }), undefined)
  assert.equal(ownershipProblem({ ...file, user: undefined }), undefined)
})

test('a root key file with anything else in it is refused without showing it', async () => {
  const wrong: readonly (readonly [string | Uint8Array, RegExp])[] = [
    ['', /is empty/],
    ['\n', /44 characters/],
    [KEY, /44 characters/],
    [Buffer.alloc(31).toString('base64'), /44 characters/],
    [Buffer.alloc(33).toString('base64'), /44 characters/],
    [`${KEY_TEXT}${KEY_TEXT}`, /44 characters/],
    [` ${KEY_TEXT}`, /44 characters/],
    [KEY.toString('hex'), /44 characters/],
    [KEY_TEXT.replace('+', '-').replace('Bwc=', 'Bw-='), /44 characters/],
    // The last character has bits that belong to no octet.
    [KEY_TEXT.replace('c=', 'd='), /44 characters/],
    ['x'.repeat(5000), /5000 bytes/],
  ]
  for (const [content, pattern] of wrong) {
    const path = await fileOf(content)
    const shown = typeof content === 'string' ? content.trim() : ''
    await assertRefused(readSealSource({ kind: 'file', path }, true), path, pattern, shown)
  }
})

test('what is not a regular file is refused', { skip: windows }, async () => {
  const readKey = (path: string) => readSealSource({ kind: 'file', path }, true)
  const directory = fresh()
  await mkdir(directory, { mode: 0o700 })
  await assertRefused(readKey(directory), directory, /is a folder/)
  const pipe = fresh()
  execFileSync('mkfifo', ['-m', '600', pipe])
  await assertRefused(readKey(pipe), pipe, /not a regular file/)
  const below = join(await fileOf(KEY_TEXT), 'below')
  await assertRefused(readKey(below), below, /ENOTDIR/)
})

test('a link is followed, one that leads nowhere is not replaced', { skip: windows }, async () => {
  const path = fresh()
  await symlink(await fileOf(KEY_TEXT), path)
  assert.equal((await readSealSource({ kind: 'file', path }, false)).secret.byteLength, 32)
  const dangling = fresh()
  await symlink(join(folder, 'nowhere'), dangling)
  await assertRefused(readSealSource({ kind: 'file', path: dangling }, true), dangling, /EEXIST/)
})

test('a passphrase is taken as it stands, but for one newline at its end', async () => {
  const phrase = 'correct horse báttery'
  for (const [content, expected] of [
    [phrase, phrase],
    [`${phrase}\n`, phrase],
    [`${phrase}\r\n`, phrase],
    [`${phrase}\n\n`, `${phrase}\n`],
    [` ${phrase} \n`, ` ${phrase} `],
  ] as const) {
    const path = await fileOf(content)
    const { kind, secret } = await readSealSource({ kind: 'passphrase', path }, true)
    assert.equal(kind, 'passphrase')
    assert.equal(Buffer.from(secret.reveal()).toString(), expected)
  }
})

test('a passphrase that is missing, empty, short or no text is refused unshown', async () => {
  const missing = fresh()
  const reading = readSealSource({ kind: 'passphrase', path: missing }, true)
  await assertRefused(reading, missing, /is missing/)
  await assert.rejects(stat(missing))
  const wrong: readonly (readonly [string | Uint8Array, RegExp])[] = [
    ['', /is empty/],
    ['\n', /is empty/],
    ['eleven-char\n', /fewer than 12 characters/],
    // Eleven characters, though more octets.
    ['äöüäöüäöüäö\n', /fewer than 12 characters/],
    [Buffer.alloc(40, 0xff), /UTF-8/],
  ]
  for (const [content, pattern] of wrong) {
    const path = await fileOf(content)
    const shown = typeof content === 'string' ? content.trim() : ''
    await assertRefused(readSealSource({ kind: 'passphrase', path }, true), path, pattern, shown)
  }
})
