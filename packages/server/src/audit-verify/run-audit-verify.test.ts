import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test, type TestContext } from 'node:test'
import { linkHash, type ChainedEntry } from '@claviger/vault'
import { exportedEntry } from '../audit-export/exported-entry.ts'
import { openEmbedded, type OpenedEmbedded } from '../composition/open-embedded.ts'
import { readConfig, type Config } from '../config.ts'
import { speaking, type Say } from '../language/messages.ts'
import { headMirrorFile } from '../stores/embedded/head-mirror.ts'
import { databaseFile } from '../stores/embedded/schema.ts'
import { runAuditVerify } from './run-audit-verify.ts'

interface Folder {
  readonly path: string
  readonly config: Config
}

function temporaryFolder(context: TestContext): Folder {
  const path = mkdtempSync(join(tmpdir(), 'claviger-verify-'))
  context.after(() => rmSync(path, { recursive: true, force: true }))
  return { path, config: readConfig({ CLAVIGER_DATA_DIR: join(path, 'data') }) }
}

async function commitEntries({ store }: OpenedEmbedded, from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n++) {
    await store.commit({ checks: [], puts: [], deletes: [], audit: [`{"n":${n},"text":"é"}`] })
  }
}

/** A folder whose store is closed and has this many entries, the first `pruned` of them removed. */
async function storeWith(context: TestContext, entries: number, pruned = 0): Promise<Folder> {
  const folder = temporaryFolder(context)
  const opened = await openEmbedded(folder.config)
  await commitEntries(opened, 1, entries)
  if (pruned > 0) await opened.auditLog.prune(pruned)
  await opened.close()
  return folder
}

async function verify(folder: Folder, ...argv: readonly string[]) {
  return verifyIn(speaking('en'), folder, ...argv)
}

async function verifyIn(say: Say, { path, config }: Folder, ...argv: readonly string[]) {
  const output = { out: '', err: '' }
  const code = await runAuditVerify(argv, {
    config: () => config,
    workingDirectory: path,
    say,
    out: (text) => (output.out += text),
    err: (text) => (output.err += text),
  })
  return { code, ...output }
}

function tamper({ config }: Folder, sql: string): void {
  const database = new DatabaseSync(databaseFile(config.dataDir))
  database.exec(sql)
  database.close()
}

async function assertDamage(folder: Folder, what: RegExp): Promise<void> {
  const { code, out, err } = await verify(folder)
  assert.deepEqual([code, err], [1, ''])
  assert.match(out, /^Audit chain NOT INTACT: [^\n]+\n$/)
  assert.match(out, what)
}

describe('audit:verify of a store', () => {
  test('an untouched chain is intact, with the server stopped and running', async (context) => {
    const folder = await storeWith(context, 12)
    const stopped = await verify(folder)
    assert.deepEqual([stopped.code, stopped.err], [0, ''])
    assert.match(stopped.out, /^Audit chain intact: 12 entries, up to number 12/)
    const opened = await openEmbedded(folder.config)
    try {
      const writing = commitEntries(opened, 13, 60)
      assert.equal((await verify(folder)).code, 0)
      await writing
      assert.match((await verify(folder)).out, /intact: 60 entries/)
    } finally {
      await opened.close()
    }
  })

  test('a chain of which a part or all was pruned is intact', async (context) => {
    assert.match(
      (await verify(await storeWith(context, 9, 4))).out,
      /intact: 5 .* before number 5 were/,
    )
    assert.match((await verify(await storeWith(context, 9, 9))).out, /intact: 0 entries/)
  })

  test('each kind of damage is found and named', async (context) => {
    const cases: readonly (readonly [string, RegExp])[] = [
      [`UPDATE audit SET entry = '{}' WHERE sequence = 5`, /changed at entry 5\./],
      [`UPDATE audit SET hash = x'00' WHERE sequence = 5`, /changed at entry 5\./],
      ['DELETE FROM audit WHERE sequence = 5', /dropped at entry 5\./],
      ['UPDATE audit SET sequence = 100 WHERE sequence = 5', /reordered at entry 5\./],
      [
        'INSERT INTO audit SELECT -1, entry, hash FROM audit WHERE sequence = 5',
        /reordered at entry 1\./,
      ],
      [
        `UPDATE audit SET sequence = -5 WHERE sequence = 5; UPDATE audit SET sequence = 5
         WHERE sequence = 6; UPDATE audit SET sequence = 6 WHERE sequence = -5`,
        /reordered at entry 5\. What was entry 5 stands as number 6\./,
      ],
      ['DELETE FROM audit WHERE sequence > 6', /tail cut at entry 7\./],
      ['DELETE FROM audit', /chain lost at entry 1\./],
      [
        'INSERT INTO audit SELECT 10, entry, hash FROM audit WHERE sequence = 9',
        /added at entry 10\./,
      ],
      [`UPDATE audit_head SET sealed = x'00'`, /head damaged\. The sealed head/],
      ['DELETE FROM audit_head', /head damaged\. The sealed head/],
    ]
    for (const [sql, what] of cases) {
      const folder = await storeWith(context, 9)
      tamper(folder, sql)
      await assertDamage(folder, what)
    }
  })

  test('a chain written anew with right hashes does not end in the sealed head', async (
    context,
  ) => {
    const folder = await storeWith(context, 6)
    let hash: Uint8Array = new Uint8Array(32)
    for (let sequence = 1; sequence <= 6; sequence++) {
      hash = linkHash(hash, sequence, '{"forged":true}')
      const hex = Buffer.from(hash).toString('hex')
      tamper(
        folder,
        `UPDATE audit SET entry = '{"forged":true}', hash = x'${hex}' WHERE sequence = ${sequence}`,
      )
    }
    await assertDamage(folder, /rewritten at entry 6\./)
  })

  test('a database put back to an older state is behind the copy of the head', async (context) => {
    const folder = await storeWith(context, 6)
    const file = databaseFile(folder.config.dataDir)
    tamper(folder, 'PRAGMA wal_checkpoint(TRUNCATE)')
    const older = readFileSync(file)
    const opened = await openEmbedded(folder.config)
    await commitEntries(opened, 7, 9)
    await opened.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    writeFileSync(file, older)
    await assertDamage(
      folder,
      /tail cut at entry 7\. The database is older .* 3 entries are missing/,
    )
  })

  test('a trigger or an index in the database is damage', async (context) => {
    const folder = await storeWith(context, 3)
    tamper(folder, 'CREATE INDEX x ON body (key, version)')
    await assertDamage(folder, /records changed.*the server did not make: index "x"/)
  })

  test('a copy of the head that is missing or changed is damage', async (context) => {
    const folder = await storeWith(context, 6)
    const mirror = headMirrorFile(folder.config.dataDir)
    const bytes = readFileSync(mirror)
    writeFileSync(mirror, bytes.subarray(1))
    await assertDamage(folder, /head damaged\. The copy/)
    rmSync(mirror)
    await assertDamage(folder, /copy of the head missing/)
  })

  test('what cannot be verified is told, and is not taken for intact', async (context) => {
    const folder = await storeWith(context, 3)
    writeFileSync(folder.config.rootKeyFile, `${Buffer.alloc(32).toString('base64')}\n`)
    const wrongKey = await verify(folder)
    assert.deepEqual([wrongKey.code, wrongKey.out], [2, ''])
    assert.match(wrongKey.err, /not the one this store is sealed with/)
    const nothing = await verify(temporaryFolder(context))
    assert.deepEqual([nothing.code, nothing.out], [2, ''])
    const option = await verify(folder, '--exprot', 'x')
    assert.deepEqual([option.code, option.out], [2, ''])
    assert.match((await verify(folder, '--help')).out, /^Usage: npm run audit:verify/)
  })
})

describe('audit:verify of exports', () => {
  async function exported(context: TestContext): Promise<{ folder: Folder; lines: string[] }> {
    const folder = await storeWith(context, 9)
    const opened = await openEmbedded(folder.config)
    const entries: readonly ChainedEntry[] = await opened.auditLog.entries(0, 100)
    await opened.close()
    return { folder, lines: entries.map((entry) => JSON.stringify(exportedEntry(entry))) }
  }

  function write(folder: Folder, name: string, lines: readonly string[]): void {
    writeFileSync(join(folder.path, name), lines.map((line) => `${line}\n`).join(''))
  }

  test('a file verifies by itself where there is no store', async (context) => {
    const { lines } = await exported(context)
    const elsewhere = temporaryFolder(context)
    write(elsewhere, 'a.jsonl', lines)
    const { code, out } = await verify(elsewhere, '--export', 'a.jsonl')
    assert.equal(code, 0)
    assert.match(out, /9 exported entries, numbers 1 to 9, fit together; no store is here/)
  })

  test('files of one chain verify together, and against the store', async (context) => {
    const { folder, lines } = await exported(context)
    write(folder, 'a.jsonl', lines.slice(0, 4))
    write(folder, 'b.jsonl', lines.slice(4, 8))
    const both = await verify(folder, '--export', 'a.jsonl', '--export', 'b.jsonl')
    assert.match(both.out, /intact: 8 exported entries, numbers 1 to 8, are those of the store\.\n/)
    const later = await verify(folder, '--export', 'b.jsonl')
    assert.match(later.out, /Entry 5 itself is proved only with the export before it/)
    const gap = await verify(folder, '--export', 'b.jsonl', '--export', 'a.jsonl')
    assert.equal(gap.code, 1)
  })

  test('an export that was pruned afterwards still meets the store', async (context) => {
    const { folder, lines } = await exported(context)
    write(folder, 'a.jsonl', lines.slice(0, 4))
    const opened = await openEmbedded(folder.config)
    await opened.auditLog.prune(4)
    await opened.close()
    assert.match((await verify(folder, '--export', 'a.jsonl')).out, /4 to|are those of the store/)
    assert.equal((await verify(folder)).code, 0)
  })

  test('damage of an export is found', async (context) => {
    const { folder, lines } = await exported(context)
    const changed = lines.with(3, (lines[3] ?? '').replace('\\"n\\":4', '\\"n\\":5'))
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [changed, /changed at entry 4/],
      [lines.toSpliced(3, 1), /dropped at entry 4/],
      [lines.with(2, lines[4] ?? '').with(4, lines[2] ?? ''), /reordered at entry 3/],
      [lines.with(8, (lines[8] ?? '').slice(0, 20)), /Line 9 of .* is not an exported/],
      [[...lines, '{"sequence":10}'], /Line 10/],
      [[], /chain lost/],
      [['[]'], /Line 1/],
    ]
    for (const [damaged, what] of cases) {
      write(folder, 'damaged.jsonl', damaged)
      const { code, out } = await verify(folder, '--export', 'damaged.jsonl')
      assert.equal(code, 1)
      assert.match(out, what)
    }
  })

  test('an export that was written anew does not meet the store', async (context) => {
    const { folder } = await exported(context)
    let hash: Uint8Array = new Uint8Array(32)
    const lines = Array.from({ length: 5 }, (_, n) => {
      hash = linkHash(hash, n + 1, 'forged')
      return JSON.stringify(exportedEntry({ sequence: n + 1, entry: 'forged', hash }))
    })
    write(folder, 'forged.jsonl', lines)
    const { code, out } = await verify(folder, '--export', 'forged.jsonl')
    assert.equal(code, 1)
    assert.match(out, /rewritten at entry 5\./)
  })

  test('a file that is not there cannot be told', async (context) => {
    const { code, err } = await verify(temporaryFolder(context), '--export', 'none.jsonl')
    assert.equal(code, 2)
    assert.match(err, /ENOENT/)
  })
})

describe('audit:verify in Chinese', () => {
  const chinese = speaking('zh-CN')

  test('tells what is intact and what is not', async (context) => {
    const folder = await storeWith(context, 9, 4)
    const whole = await verifyIn(chinese, folder)
    assert.equal(
      whole.out,
      '审计链完整：共 5 条，到第 9 条为止，与密封链头一致。第 5 条之前的记录已被清理。\n',
    )
    tamper(folder, 'DELETE FROM audit WHERE sequence = 7')
    const { code, out } = await verifyIn(chinese, folder)
    assert.deepEqual([code, out], [1, '审计链不完整：第 7 条缺失。第 7 条缺失。\n'])
  })

  test('tells why it cannot be told, and how it is used', async (context) => {
    const folder = await storeWith(context, 1)
    assert.match((await verifyIn(chinese, folder, '--help')).out, /^用法：npm run audit:verify/)
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['--exprot', 'x'], '没有选项 --exprot。'],
      [['--export'], '--export <value> 的值缺失或有误。'],
      [['x'], '不是选项：x'],
      [['--lang', 'de'], '没有选项 --lang。'],
    ]
    for (const [argv, told] of cases) {
      const { code, err } = await verifyIn(chinese, folder, ...argv)
      assert.deepEqual([code, err], [2, `${told}\n`])
    }
    const none = await verifyIn(chinese, folder, '--export', 'none.jsonl')
    assert.match(none.err, /^找不到文件或文件夹：ENOENT/)
    writeFileSync(folder.config.rootKeyFile, `${Buffer.alloc(32).toString('base64')}\n`)
    assert.match((await verifyIn(chinese, folder)).err, /^存储无法解封，请检查根密钥或口令：/)
  })
})
