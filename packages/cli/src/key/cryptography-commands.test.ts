import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory, VAULT_URL } from '../testing/run-in-memory.ts'

const KID = `${VAULT_URL}/keys/k/0123456789abcdef0123456789abcdef`

interface Use extends CliResult {
  readonly asked: number
  readonly sent: string
}

async function use(
  argv: readonly string[],
  answer: Buffer,
  given: Parameters<typeof runInMemory>[2] = {},
): Promise<Use> {
  const body = { kid: KID, value: answer.toString('base64url') }
  const vault = new MemoryVault(() => ({ status: 200, body }))
  const result = await runInMemory(['key', ...argv, '--id', KID], vault, given)
  const { value = '' } = JSON.parse(vault.seen.at(-1)?.body || '{}') as { value?: string }
  return { ...result, asked: vault.seen.length, sent: Buffer.from(value, 'base64url').toString() }
}

describe('claviger key decrypt', () => {
  const argv = ['decrypt', '-a', 'RSA-OAEP-256', '--value', 'AAEC', '--query', 'result', '-o', 'tsv']

  it('gives as text what is text, with a mark of its order too', async () => {
    const { output } = await use([...argv, '--data-type', 'plaintext'], Buffer.from('\uFEFFé'))
    assert.equal(output, '\uFEFFé\n')
  })

  it('never gives other text in the place of octets', async () => {
    const octets = Buffer.from([0x61, 0xff, 0x80])
    const { code, output, errors } = await use([...argv, '--data-type', 'plaintext'], octets)
    assert.deepEqual([code, output], [1, ''])
    assert.match(errors, /--data-type base64/)
    assert.equal((await use(argv, octets)).output, `${octets.toString('base64')}\n`)
  })

  it('takes base64 in lines', async () => {
    const stdin = `${Buffer.alloc(60, 'a').toString('base64').replaceAll(/(.{64})/g, '$1\r\n')}\n`
    const { sent } = await use(['decrypt', '-a', 'RSA-OAEP-256'], Buffer.from('x'), { stdin })
    assert.equal(sent, 'a'.repeat(60))
  })
})

describe('claviger key encrypt', () => {
  it('takes no other octets than were given', async () => {
    const { code, asked } = await use(['encrypt', '-a', 'RSA-OAEP-256', '--value', 'hello'], Buffer.from('x'))
    assert.deepEqual([code, asked], [2, 0])
  })

  it('takes --value @file as az does', async (context) => {
    const workingDirectory = mkdtempSync(join(tmpdir(), 'claviger-encrypt-'))
    context.after(() => rmSync(workingDirectory, { recursive: true }))
    writeFileSync(join(workingDirectory, 'note'), 'aGVsbG8=\n')
    const argv = ['encrypt', '-a', 'A256CBC', '--iv', '00'.repeat(16), '--value', '@note']
    for (const [words, sent] of [[[], 'hello'], [['--data-type', 'plaintext'], 'aGVsbG8=']] as const) {
      const result = await use([...argv, ...words], Buffer.from('x'), { workingDirectory })
      assert.deepEqual([result.code, result.sent, result.errors], [0, sent, ''])
    }
  })
})

describe('a digest', () => {
  for (const [verb, words] of [['sign', []], ['verify', ['--signature', 'AAAA']]] as const) {
    it(`stands for no file that ${verb} would not read`, async () => {
      const digest = Buffer.alloc(32).toString('base64')
      const argv = [verb, '-a', 'RS256', '--digest', digest, '-f', 'evil', ...words]
      const { code, asked, errors } = await use(argv, Buffer.from('x'))
      assert.deepEqual([code, asked], [2, 0])
      assert.match(errors, /not both/)
    })
  }
})
