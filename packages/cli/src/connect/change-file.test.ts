import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { bySomebodyWhoMayNotChange } from '../testing/unwritable-folder.ts'
import { changeFile } from './change-file.ts'

function folderUnderTest(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-change-'))
  context.after(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('a file that is changed', () => {
  it('is replaced whole, with the mode that it had', async (context) => {
    const folder = folderUnderTest(context)
    const file = join(folder, 'profile')
    writeFileSync(file, 'before\n')
    chmodSync(file, 0o640)
    const { ino } = statSync(file)
    await changeFile(file, (text) => `${text}after\xff\n`)
    assert.notEqual(statSync(file).ino, ino)
    assert.equal(statSync(file).mode & 0o777, 0o640)
    assert.deepEqual(readFileSync(file), Buffer.from('before\nafter\xff\n', 'latin1'))
    assert.deepEqual(readdirSync(folder), ['profile'])
  })

  it('is what a link leads to, which stays a link', async (context) => {
    const folder = folderUnderTest(context)
    mkdirSync(join(folder, 'dotfiles'))
    const end = join(folder, 'dotfiles/profile')
    const link = join(folder, 'link')
    symlinkSync('dotfiles/profile', link)
    // First of a file that is not there yet.
    await changeFile(link, () => 'one\n')
    await changeFile(link, (text) => `${text}two\n`)
    assert.ok(lstatSync(link).isSymbolicLink())
    assert.equal(readFileSync(end, 'utf8'), 'one\ntwo\n')
    await changeFile(link, () => undefined)
    assert.deepEqual([existsSync(end), lstatSync(link).isSymbolicLink()], [false, true])
  })

  it('is written into where the folder lets nothing take its place', async (context) => {
    const folder = folderUnderTest(context)
    const file = join(folder, 'hosts')
    writeFileSync(file, '127.0.0.1 localhost\nand more\n')
    chmodSync(file, 0o644)
    const { ino } = statSync(file)
    await bySomebodyWhoMayNotChange(folder, [file], () => changeFile(file, () => 'less\n'))
    assert.deepEqual([statSync(file).ino, statSync(file).mode & 0o777], [ino, 0o644])
    assert.equal(readFileSync(file, 'utf8'), 'less\n')
  })
})
