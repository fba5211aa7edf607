import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
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
import { bySomebodyWhoMayNotChange } from './testing/unwritable-folder.ts'
import { writeOwnedFile } from './write-owned-file.ts'

const CONTENT = Buffer.from('canary')

function folderUnderTest(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-owned-'))
  context.after(() => rmSync(folder, { recursive: true }))
  return folder
}

const modeOf = (file: string): number => statSync(file).mode & 0o777

describe('a file for its owner alone', () => {
  for (const overwrite of [false, true]) {
    const how = overwrite ? 'with' : 'without'
    it(`is new, and nothing stands beside it, ${how} overwrite`, async (context) => {
      const folder = folderUnderTest(context)
      await writeOwnedFile(join(folder, 'new'), CONTENT, overwrite)
      assert.deepEqual(readdirSync(folder), ['new'])
      assert.equal(modeOf(join(folder, 'new')), 0o600)
      assert.deepEqual(readFileSync(join(folder, 'new')), CONTENT)
    })
  }

  it('replaces one that others can read, and has open already', async (context) => {
    const file = join(folderUnderTest(context), 'old')
    writeFileSync(file, 'old')
    chmodSync(file, 0o644)
    const { ino } = statSync(file)
    await writeOwnedFile(file, CONTENT, true)
    assert.equal(modeOf(file), 0o600)
    assert.notEqual(statSync(file).ino, ino)
    assert.deepEqual(readFileSync(file), CONTENT)
  })

  it('replaces nothing unless it is told to', async (context) => {
    const folder = folderUnderTest(context)
    writeFileSync(join(folder, 'old'), 'old')
    symlinkSync('nowhere', join(folder, 'link'))
    for (const name of ['old', 'link']) {
      await assert.rejects(writeOwnedFile(join(folder, name), CONTENT, false), { code: 'EEXIST' })
    }
    assert.deepEqual(readdirSync(folder).toSorted(), ['link', 'old'])
    assert.equal(readFileSync(join(folder, 'old'), 'utf8'), 'old')
  })

  it('takes the place of a link, and leaves what it leads to', async (context) => {
    const folder = folderUnderTest(context)
    writeFileSync(join(folder, 'theirs'), 'theirs')
    symlinkSync('theirs', join(folder, 'link'))
    await writeOwnedFile(join(folder, 'link'), CONTENT, true)
    assert.ok(lstatSync(join(folder, 'link')).isFile())
    assert.equal(readFileSync(join(folder, 'theirs'), 'utf8'), 'theirs')
  })

  it('leaves nothing when it cannot be, and what was there as it was', async (context) => {
    const folder = folderUnderTest(context)
    mkdirSync(join(folder, 'folder'))
    await assert.rejects(writeOwnedFile(join(folder, 'folder'), CONTENT, true))
    const nowhere = join(folder, 'nowhere/file')
    await assert.rejects(writeOwnedFile(nowhere, CONTENT, true), { code: 'ENOENT', path: nowhere })
    assert.deepEqual(readdirSync(folder), ['folder'])
  })

  it('keeps the old one when there is no room for all of it', (context) => {
    const folder = folderUnderTest(context)
    writeFileSync(join(folder, 'old'), 'old')
    // The shell's limit of 512 octets a file is met as a full disk is: within a write.
    const { stdout, stderr } = writtenBySomebody('ulimit -f 1; "$@"', [
      [join(folder, 'old'), true],
      [join(folder, 'new'), false],
    ])
    assert.equal(stdout, 'EFBIG EFBIG', stderr)
    assert.deepEqual(readdirSync(folder), ['old'])
    assert.equal(readFileSync(join(folder, 'old'), 'utf8'), 'old')
  })

  it('is written into for its owner where the folder lets nothing take its place', async (context) => {
    const folder = folderUnderTest(context)
    const file = join(folder, 'old')
    writeFileSync(file, 'old, and longer')
    chmodSync(file, 0o644)
    symlinkSync('old', join(folder, 'link'))
    await bySomebodyWhoMayNotChange(folder, [file], async () => {
      await writeOwnedFile(file, CONTENT, true)
      const other = { code: 'EACCES' }
      await assert.rejects(writeOwnedFile(join(folder, 'link'), Buffer.from('x'), true), other)
      await assert.rejects(writeOwnedFile(join(folder, 'new'), CONTENT, true), other)
      await assert.rejects(writeOwnedFile(join(folder, 'new'), CONTENT, false), other)
    })
    assert.deepEqual([modeOf(file), readFileSync(file)], [0o600, CONTENT])
    assert.deepEqual(readdirSync(folder).toSorted(), ['link', 'old'])
  })

  it('is written into when it is a pipe, and stays one', () => {
    const { stdout } = writtenBySomebody('"$@" | cat', [['/dev/stdout', true]])
    assert.ok(stdout === `${'x'.repeat(4096)}written`)
    assert.ok(lstatSync('/dev/stdout').isSymbolicLink())
  })
})

/** What another process, which this line of a shell runs, says of each file that it has written. */
function writtenBySomebody(
  line: string,
  files: readonly (readonly [path: string, overwrite: boolean])[],
): { readonly stdout: string; readonly stderr: string } {
  const script = `
    import { writeOwnedFile } from ${JSON.stringify(import.meta.resolve('./write-owned-file.ts'))}
    const said = []
    for (const [path, overwrite] of ${JSON.stringify(files)}) {
      said.push(await writeOwnedFile(path, Buffer.alloc(4096, 'x'), overwrite).then(
        () => 'written',
        ({ code }) => code,
      ))
    }
    process.stdout.write(said.join(' '))`
  return spawnSync(
    'sh',
    ['-c', line, 'sh', process.execPath, '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  )
}
