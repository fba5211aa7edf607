import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Secret } from '@claviger/vault'
import * as fc from 'fast-check'
import { clientAddresses } from './connect/client-addresses.ts'
import { parseShellVariables, renderShellVariables } from './connect/shell-variables.ts'
import {
  writeConnectFiles,
  type ConnectCredential,
  type ConnectFilesInput,
} from './connect-files.ts'

const addresses = clientAddresses({ domain: 'localhost', alibabaRegions: ['cn-hangzhou'] }, { https: 8443, identity: 8444 })
const trust = { caFile: '/data/ca.pem', bundleFile: '/data/ca-bundle.pem' }

function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "claviger connect's-"))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function inputFor(folder: string, changes: Partial<ConnectFilesInput> = {}) {
  const made: ConnectCredential[] = []
  const valid = new Set<string>()
  const input: ConnectFilesInput = {
    folder,
    addresses,
    trust,
    clientId: '11111111-2222-3333-4444-555555555555',
    credentials: {
      stillValid: async (_kind, secret) => valid.has(Buffer.from(secret.reveal()).toString()),
      async create(kind) {
        made.push(kind)
        const value = `${kind}.${made.length}~'$(id) "x`
        valid.add(value)
        return Secret.fromText(value)
      },
    },
    kmsCredentials: async () => undefined,
    ...changes,
  }
  return { input, made, valid }
}

/** What a shell has after sourcing these files, begun with variables of another way to sign in. */
function sourced(...files: readonly string[]): Record<string, string> {
  const script = `for file in "$@"; do . "$file" || exit 9; done; env -0`
  const env = { PATH: '/usr/bin:/bin', AZURE_FEDERATED_TOKEN_FILE: '/old', MSI_SECRET: 'old' }
  const output = execFileSync('/bin/sh', ['-c', script, 'sh', ...files], { env, encoding: 'utf8' })
  const lines = output.split('\0').filter((line) => line !== '')
  return Object.fromEntries(lines.map((line) => /^([^=]*)=([^]*)$/.exec(line)?.slice(1) ?? []))
}

test('both files are for the owner alone and nothing is left beside them', async (context) => {
  const folder = temporaryFolder(context)
  const files = await writeConnectFiles(inputFor(folder).input)
  for (const file of [files.identityFile, files.servicePrincipalFile]) {
    assert.equal(statSync(file).mode & 0o777, 0o600)
  }
  assert.deepEqual(readdirSync(folder).sort(), ['connect-service-principal.env', 'connect.env'])
})

test('a shell that sources connect.env has the identity and nothing of other ways', async (
  context,
) => {
  const { input } = inputFor(temporaryFolder(context))
  const { identityFile } = await writeConnectFiles(input)
  const env = Object.entries(sourced(identityFile))
  // What a shell sets by itself is not of interest.
  const ours = env.filter(([name]) => !['PATH', 'PWD', 'SHLVL', 'OLDPWD', '_'].includes(name))
  assert.deepEqual(Object.fromEntries(ours), {
    AZURE_KEYVAULT_URL: 'https://default.vault.localhost:8443',
    KEY_VAULT_NAME: 'default',
    IDENTITY_ENDPOINT: 'http://127.0.0.1:8444/msi/token',
    IDENTITY_HEADER: `identityHeader.1~'$(id) "x`,
    NODE_EXTRA_CA_CERTS: '/data/ca.pem',
    REQUESTS_CA_BUNDLE: '/data/ca-bundle.pem',
    SSL_CERT_FILE: '/data/ca-bundle.pem',
    CURL_CA_BUNDLE: '/data/ca-bundle.pem',
  })
})

test('sourcing one file after the other leaves the last one alone, in either order', async (
  context,
) => {
  const { input } = inputFor(temporaryFolder(context))
  const { identityFile, servicePrincipalFile } = await writeConnectFiles(input)
  const secretLast = sourced(identityFile, servicePrincipalFile)
  assert.equal(secretLast['AZURE_TENANT_ID'], 'adfs')
  assert.equal(secretLast['AZURE_AUTHORITY_HOST'], 'https://login.localhost:8443')
  assert.equal(secretLast['AZURE_CLIENT_ID'], input.clientId)
  assert.equal(secretLast['AZURE_CLIENT_SECRET'], `clientSecret.2~'$(id) "x`)
  assert.equal(secretLast['IDENTITY_ENDPOINT'], undefined)
  assert.equal(secretLast['IDENTITY_HEADER'], undefined)
  const identityLast = sourced(servicePrincipalFile, identityFile)
  for (const name of Object.keys(identityLast)) assert.doesNotMatch(
    name,
    /^AZURE_(TENANT|CLIENT|AUTH)/,
  )
})

test('a later start keeps credentials that are valid and follows a new port', async (context) => {
  const folder = temporaryFolder(context)
  const { input, made } = inputFor(folder)
  const { identityFile } = await writeConnectFiles(input)
  const before = sourced(identityFile)
  const moved = clientAddresses({ domain: 'example.com', alibabaRegions: ['cn-hangzhou'] }, { https: 443, identity: 9000 })
  await writeConnectFiles({ ...input, addresses: moved })
  const after = sourced(identityFile)
  assert.equal(made.length, 2)
  assert.equal(after['IDENTITY_HEADER'], before['IDENTITY_HEADER'])
  assert.equal(after['AZURE_KEYVAULT_URL'], 'https://default.vault.example.com')
  assert.equal(after['IDENTITY_ENDPOINT'], 'http://127.0.0.1:9000/msi/token')
})

test('a credential that is no longer valid is replaced, the other one stays', async (context) => {
  const { input, made, valid } = inputFor(temporaryFolder(context))
  await writeConnectFiles(input)
  valid.delete(`clientSecret.2~'$(id) "x`)
  await writeConnectFiles(input)
  assert.deepEqual(made, ['identityHeader', 'clientSecret', 'clientSecret'])
})

test('renewing replaces both, valid or not', async (context) => {
  const { input, made } = inputFor(temporaryFolder(context))
  await writeConnectFiles(input)
  await writeConnectFiles({ ...input, renew: true })
  assert.equal(made.length, 4)
})

test('a file that was damaged, opened up or put in place of a folder is written anew', async (
  context,
) => {
  const folder = temporaryFolder(context)
  const { input } = inputFor(folder)
  const { identityFile } = await writeConnectFiles(input)
  for (const text of [
    '',
    '\0\0',
    'export IDENTITY_HEADER=$(touch pwned)\n',
    'export IDENTITY_HEADER=\n',
  ]) {
    writeFileSync(identityFile, text)
    chmodSync(identityFile, 0o644)
    await writeConnectFiles(input)
    assert.match(sourced(identityFile)['IDENTITY_HEADER'] ?? '', /^identityHeader\./)
    assert.equal(statSync(identityFile).mode & 0o777, 0o600)
  }
  assert.ok(!readdirSync(folder).includes('pwned'))
  const taken = join(folder, 'taken')
  mkdirSync(join(taken, 'connect.env'), { recursive: true })
  await assert.rejects(writeConnectFiles({ ...input, folder: taken }))
})

test("with the operator's own certificate the trust of clients is left alone", async (context) => {
  const { input } = inputFor(temporaryFolder(context), { trust: undefined })
  const { identityFile } = await writeConnectFiles(input)
  assert.doesNotMatch(readFileSync(identityFile, 'utf8'), /CA_CERTS|SSL_CERT|BUNDLE/)
})

test('any value comes back from what was written, by our parser as by a shell', (context) => {
  const folder = temporaryFolder(context)
  const value = fc.string({ unit: 'binary' }).filter((text) => !/[\0\n\r]/.test(text))
  fc.assert(
    fc.property(value, (text) => {
      const rendered = renderShellVariables({ comment: [], unset: [], set: { A_B: text } })
      assert.equal(parseShellVariables(rendered).get('A_B'), text)
    }),
  )
  for (const text of ["'", "a'b", "''", '$HOME `id` "\\" !', 'é ü', '-n', '']) {
    const file = join(folder, 'values')
    writeFileSync(file, renderShellVariables({ comment: ['c'], unset: ['X'], set: { A_B: text } }))
    assert.equal(sourced(file)['A_B'], text)
  }
})

test('the parser takes nothing from lines of another form', () => {
  const lines = [
    'A=1',
    ' export A=1',
    'export A=$B',
    'export A="x"',
    'export A=`id`',
    'export A=1; id',
    'export a=1',
  ]
  assert.equal(parseShellVariables(lines.join('\n')).size, 0)
})
