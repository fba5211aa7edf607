import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url))
const COMMAND = [process.execPath, '--conditions=claviger-source', PROGRAM]

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a line of a shell in which `"$@"` is the command; nothing is in its environment. */
function shell(line: string): Ended {
  const args = ['-c', line, 'sh', ...COMMAND]
  const { status, stdout, stderr } = spawnSync('/bin/sh', args, { env: {}, encoding: 'utf8' })
  return { code: status, output: stdout, errors: stderr }
}

describe('the program claviger', () => {
  it('needs no home folder, and nothing else of the environment', () => {
    assert.deepEqual(shell('"$@" --help >/dev/null'), { code: 0, output: '', errors: '' })
  })

  it('lets whoever reads have enough, and ends as the command has come to its end', () => {
    assert.deepEqual(shell('{ "$@" --help; echo $? >&2; } | true').errors, '0\n')
    assert.deepEqual(shell('{ "$@" --nope 2>&1; echo $? >&2; } | true').errors, '2\n')
  })

  it('fails when what it gives is lost', () => {
    const { code, errors } = shell('"$@" --help >/dev/full')
    assert.equal(code, 1)
    assert.match(errors, /^claviger: ENOSPC\b.*\n$/)
  })

  it('works with its streams closed', () => {
    assert.equal(shell('"$@" --help <&- >&- 2>&-').code, 0)
  })

  it('says in one line which file it cannot read', () => {
    const { code, errors } = shell('AZURE_KEYVAULT_URL=https://a.example "$@" secret set -n a -f /')
    assert.equal(code, 1)
    assert.match(errors, /^claviger: .*It is a folder\.\n$/)
  })

  it('works in a folder that is gone, until a file is named', (test) => {
    const folder = mkdtempSync(join(tmpdir(), 'claviger-gone-'))
    test.after(() => rmSync(folder, { recursive: true, force: true }))
    const gone = `mkdir ${folder}/gone && cd ${folder}/gone && rmdir ${folder}/gone &&`
    assert.equal(shell(`${gone} "$@" --version`).code, 0)
    const { code, errors } = shell(`${gone} "$@" secret set -n a -f b --vault-url https://a.example`)
    assert.equal(code, 1)
    assert.match(errors, /^claviger: .*There is no such file or folder\.\n$/)
  })
})
