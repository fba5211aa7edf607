import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError } from './config.ts'
import { parseTrustedIssuers, readTrustedIssuers } from './trusted-issuers.ts'

const KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const TENANT = '11111111-1111-1111-1111-11111111111A'

function parse(document: unknown): {
  readonly issuers: readonly unknown[]
  readonly problems: readonly string[]
} {
  const problems: string[] = []
  const issuers = parseTrustedIssuers(
    typeof document === 'string' ? document : JSON.stringify(document),
    problems,
  )
  return { issuers, problems }
}

test('an issuer needs its name alone; everything else may be said', () => {
  const jwks = { keys: [KEY.publicKey.export({ format: 'jwk' })] }
  const { issuers, problems } = parse([
    { issuer: 'https://login.microsoftonline.com/t/v2.0' },
    {
      issuer: 'https://sso.example/realms/r',
      jwksUri: 'https://sso.example/certs',
      tenant: TENANT,
      audiences: ['claviger'],
      principalClaim: 'sub',
    },
    { issuer: 'https://offline.example', jwks },
  ])
  assert.deepEqual(problems, [])
  assert.deepEqual(issuers, [
    {
      issuer: 'https://login.microsoftonline.com/t/v2.0',
      keys: { issuer: 'https://login.microsoftonline.com/t/v2.0' },
    },
    {
      issuer: 'https://sso.example/realms/r',
      keys: { jwksUri: 'https://sso.example/certs' },
      tenant: TENANT.toLowerCase(),
      audiences: ['claviger'],
      principalClaim: 'sub',
    },
    { issuer: 'https://offline.example', keys: { jwks } },
  ])
})

test('every problem is told at once, by entry', () => {
  const { problems } = parse([
    {
      issuer: 'http://sso.example',
      tenant: 'mine',
      audiences: [],
      principalClaim: 7,
      audience: 'x',
    },
    7,
    { issuer: 'https://a.example', jwks: {}, jwksUri: 'https://a.example' },
    { issuer: 'https://b.example', jwks: { keys: [{ kty: 'oct', k: 'AA' }] } },
    { issuer: 'https://c.example', jwks: { keys: [KEY.privateKey.export({ format: 'jwk' })] } },
    { issuer: 'https://d.example', jwksUri: 'http://d.example' },
    { issuer: 'https://e.example' },
    { issuer: 'https://e.example' },
  ])
  assert.deepEqual(
    problems.map((problem) => problem.split(':')[0]),
    [
      'entry 1',
      'entry 1',
      'entry 1',
      'entry 1',
      'entry 1',
      'entry 2',
      'entry 3',
      'entry 4',
      'entry 5',
      'entry 6',
      'the issuer "https',
    ],
  )
})

for (const text of ['', '{}', 'null', '[', '7', ' '.repeat(2_000_000)]) {
  test(`${JSON.stringify(text.slice(0, 8))} is no list of issuers`, () => {
    const { issuers, problems } = parse(text)
    assert.deepEqual([issuers.length, problems.length], [0, 1])
  })
}

test('a file that is missing or wrong stops the start with a sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'claviger-issuers-'))
  try {
    const path = join(folder, 'issuers.json')
    await assert.rejects(
      readTrustedIssuers(path),
      (thrown) => thrown instanceof ConfigError && thrown.message.includes('ENOENT'),
    )
    await writeFile(path, '[{"issuer":7}]')
    await assert.rejects(
      readTrustedIssuers(path),
      (thrown) => thrown instanceof ConfigError && thrown.problems.length === 1,
    )
    await writeFile(path, '[]')
    assert.deepEqual(await readTrustedIssuers(path), [])
  } finally {
    await rm(folder, { recursive: true })
  }
})
