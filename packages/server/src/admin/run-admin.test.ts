import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Secret, verifyChain } from '@claviger/vault'
import { damageRecord } from '@claviger/vault/testing'
import { readExport } from '../audit-export/read-export.ts'
import { createAuthority } from '../tls/certificate-authority.ts'
import { recordOf, recordsOf, textOf, type AdminRecord } from './admin-record.ts'
import { adminSocket } from './admin-socket.ts'
import { adminFolder, adminUnderTest, runIn, type AdminUnderTest } from './admin-under-test.ts'

function words(line: string): string[] {
  return line.split(' ').filter((word) => word !== '')
}

async function created(admin: AdminUnderTest, noun: string, name: string): Promise<AdminRecord> {
  return recordOf(await admin.json(noun, 'create', name))
}

describe('the admin command', () => {
  test('vaults are made, listed, changed, deleted, recovered and purged', async (context) => {
    const admin = await adminUnderTest(context)
    const made = recordOf(await admin.json('vault', 'create', 'payments', '--retention-days', '7'))
    assert.deepEqual([made['name'], made['retentionDays']], ['payments', 7])
    const table = await admin.run('vault', 'list')
    assert.match(table.out, /^NAME +LOCATION/)
    assert.match(table.out, /payments +test +rbac +7 +no +live/)
    assert.match(
      (await admin.run('vault', 'show', 'payments')).out,
      /resource id +\/subscriptions\//,
    )
    await admin.json('vault', 'update', 'payments', '--authorization', 'accessPolicies')
    assert.match(
      (await admin.run('vault', 'delete', 'payments')).out,
      /state +deleted, purged on 2026-/,
    )
    await admin.json('vault', 'recover', 'payments')
    await admin.json('vault', 'delete', 'payments')
    assert.deepEqual(await admin.json('vault', 'purge', 'payments'), { done: true })
    const gone = await admin.run('vault', 'show', 'payments')
    assert.deepEqual([gone.code, gone.out], [1, ''])
    assert.match(gone.err, /There is no vault "payments"/)
  })

  test('principals of each kind are made and found by id, client id or name', async (context) => {
    const admin = await adminUnderTest(context)
    const app = await created(admin, 'app', 'billing')
    await created(admin, 'identity', 'job')
    await created(admin, 'group', 'operators')
    await admin.json('user', 'create', 'Ada', '--user-name', 'ada@example.com')
    for (const meant of [textOf(app, 'id'), textOf(app, 'appId').toUpperCase(), 'Billing']) {
      assert.equal(recordOf(await admin.json('app', 'disable', meant))['enabled'], false)
      assert.equal(recordOf(await admin.json('app', 'enable', meant))['enabled'], true)
    }
    const revoked = recordOf(await admin.json('app', 'revoke-tokens', 'billing'))
    assert.equal(typeof revoked['tokensValidAfter'], 'number')
    await admin.json('group', 'add-member', 'operators', 'ada@example.com')
    await admin.json('group', 'remove-member', 'operators', 'Ada')
    const wrongKind = await admin.run('identity', 'delete', 'billing')
    assert.equal(wrongKind.code, 1)
    assert.match(wrongKind.err, /no managedIdentity "billing"/)
    await created(admin, 'app', 'billing')
    const ambiguous = await admin.run('app', 'delete', 'billing')
    assert.match(ambiguous.err, /2 of them are called "billing"; give the object id/)
    await admin.json('app', 'delete', textOf(app, 'id'))
    const listed = recordsOf(await admin.json('app', 'list'))
    assert.deepEqual(
      listed.map((one) => textOf(one, 'displayName')).toSorted(),
      ['administrator', 'billing'],
    )
  })

  test('what an authority has issued is listed, and revoked by name or by serial number', async (context) => {
    const admin = await adminUnderTest(context)
    const { vault, administrator } = admin.memory
    const empty = await admin.run('certificate', 'issued', 'default')
    assert.deepEqual([empty.code, empty.out, empty.err], [0, '', 'There are none.\n'])
    const issuer = { vault: 'default', name: 'corp' }
    await vault.certificates.setIssuer(administrator, { issuer, provider: 'Claviger' })
    // More than the server gives at once.
    const names = Array.from({ length: 26 }, (_, index) => `web-${index}`)
    for (const name of names) {
      await vault.certificates.create(administrator, {
        certificate: { vault: 'default', name },
        policy: { subject: `CN=${name}.example`, keyType: 'EC', issuer: { name: 'corp' } },
      })
    }
    const issued = recordsOf(await admin.json('certificate', 'issued', 'default'))
    assert.deepEqual(
      issued.map((one) => textOf(one, 'name')).toSorted(),
      [...names, 'corp-ca'].toSorted(),
    )
    const revoke = (...args: string[]): Promise<unknown> => admin.json('certificate', ...args)
    const byName = recordOf(await revoke('revoke', 'default', 'web-0', '--reason', 'superseded'))
    assert.equal(recordOf(byName['revoked'])['reason'], 'superseded')
    const other = issued.find((one) => textOf(one, 'name') === 'web-1') ?? {}
    const [authority, serial] = [textOf(other, 'authority'), textOf(other, 'serial')]
    await revoke('revoke-serial', 'default', authority, serial)
    const table = await admin.run('certificate', 'issued', 'default', '--authority', authority)
    assert.match(table.out, /web-0 .* 2026-01-01, superseded /)
    assert.match(table.out, /web-1 .* 2026-01-01, unspecified /)
    assert.match(table.out, /web-2 .* no /)
    const again = await admin.run('certificate', 'revoke', 'default', 'web-0')
    assert.deepEqual([again.code, again.out], [1, ''])
    assert.match(again.err, /revoked at .*superseded.* already/)
    const reason = await admin.run('certificate', 'revoke', 'default', 'web-2', '--reason', 'bored')
    assert.equal(reason.code, 2)
  })

  test('a damaged record is removed by the name that the log gives, a whole one is not', async (context) => {
    const admin = await adminUnderTest(context)
    const { vault, administrator, contents } = admin.memory
    const secret = { vault: 'default', name: 'db-password' }
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('x') })
    const whole = [...contents.bodies.keys()].find((key) => key.includes('/secret/')) ?? ''
    const refused = await admin.run('record', 'remove-damaged', whole)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /it is whole/)
    const record = damageRecord(contents, '/secret/')
    assert.equal((await admin.run('record', 'remove-damaged', record)).code, 0)
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('y') })
    assert.match((await admin.run('record', 'remove-damaged', 'x'.repeat(2000))).err, /\w/)
  })

  test('a new secret goes to standard output, its warning to standard error', async (context) => {
    const admin = await adminUnderTest(context)
    await created(admin, 'app', 'billing')
    const made = await admin.run('app', 'secret', 'add', 'billing', '--name', 'ci')
    assert.equal(made.code, 0)
    const secret = /^client secret +(\S{40,})$/m.exec(made.out)?.[1] ?? ''
    assert.ok(secret.length >= 40, made.out)
    assert.match(made.err, /shown this once/)
    assert.ok(!made.err.includes(secret))
    const [listed] = recordsOf(await admin.json('app', 'secret', 'list', 'billing'))
    assert.ok(listed && !JSON.stringify(listed).includes(secret))
    await admin.json('app', 'secret', 'remove', 'billing', textOf(listed, 'id'))
    assert.match((await admin.run('app', 'secret', 'list', 'billing')).err, /There are none/)
    await created(admin, 'identity', 'job')
    assert.match(
      (await admin.run('identity', 'header', 'add', 'job')).out,
      /^identity header +[0-9a-f-]{36}\./m,
    )
  })

  test('an access key is made, shown once, disabled, enabled and removed', async (context) => {
    const admin = await adminUnderTest(context)
    await admin.json('user', 'create', 'Ada')
    const made = await admin.run('credential', 'access-key', 'add', 'Ada', '--name', 'laptop')
    assert.equal(made.code, 0)
    const secret = /^access key secret +(\S{30})$/m.exec(made.out)?.[1] ?? ''
    assert.match(secret, /^[0-9A-Za-z]{30}$/, made.out)
    assert.match(made.out, /^access key id +LTAI\S{20}$/m)
    assert.match(made.err, /shown this once/)
    assert.ok(!made.err.includes(secret))
    const [key] = recordsOf(await admin.json('credential', 'access-key', 'list', 'Ada'))
    assert.ok(key !== undefined && !JSON.stringify(key).includes(secret))
    const id = textOf(key, 'id')
    for (const [verb, enabled] of [['disable', false], ['enable', true]] as const) {
      const changed = recordOf(await admin.json('credential', 'access-key', verb, 'Ada', id))
      assert.equal(changed['enabled'], enabled)
    }
    await admin.json('credential', 'access-key', 'remove', 'Ada', id)
    assert.match((await admin.run('credential', 'access-key', 'list', 'Ada')).err, /There are none/)
    const group = recordOf(await admin.json('group', 'create', 'operators'))
    const refused = await admin.run('credential', 'access-key', 'add', textOf(group, 'id'))
    assert.equal(refused.code, 1)
    assert.match(refused.err, /only applications, managed identities and users/)
    assert.equal(recordOf(await created(admin, 'session-role', 'auditor'))['kind'], 'sessionRole')
  })

  test('roles are given by name at a vault or a secret, and taken away', async (context) => {
    const admin = await adminUnderTest(context)
    const app = await created(admin, 'app', 'billing')
    const role = ['--role', 'key vault secrets user', '--assignee', 'billing']
    const at = ['--vault', 'default', '--secret', 'db']
    const made = recordOf(await admin.json('role-assignment', 'create', ...role, ...at))
    assert.equal(made['principal'], app['id'])
    assert.equal(made['roleDefinition'], '4633458b-17de-408a-b874-0445c86b69e6')
    assert.match(textOf(made, 'scope'), /\/vaults\/default\/secrets\/db$/)
    const listed = await admin.run('role-assignment', 'list', '--assignee', 'billing')
    assert.match(listed.out, /Key Vault Secrets User/)
    await admin.json('role-assignment', 'delete', textOf(made, 'id'))
    assert.deepEqual(await admin.json('role-assignment', 'list', '--assignee', 'billing'), [])
    const foreign = 'AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee'
    const given = await admin.run(
      'role-assignment', 'create', '--role', 'Reader', '--assignee', foreign, '--scope', '/')
    assert.deepEqual([given.code, /issuer/.test(given.err)], [0, true])
    for (const scope of [[], ['--scope', '/', '--vault', 'default'], ['--secret', 'x']]) {
      assert.equal((await admin.run('role-assignment', 'create', ...role, ...scope)).code, 2)
    }
    const unknown = await admin.run(
      'role-assignment', 'create', '--role', 'King', '--assignee', 'billing', '--scope', '/')
    assert.match(unknown.err, /There is no role "King"/)
  })

  test('an own role is made from repeated options', async (context) => {
    const admin = await adminUnderTest(context)
    const action = 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
    const other = 'Microsoft.KeyVault/vaults/keys/read'
    const role = recordOf(
      await admin.json('role', 'create', 'Lister', '--data-action', action, '--data-action', other))
    assert.deepEqual(role['dataActions'], [action, other])
    assert.match((await admin.run('role', 'list')).out, /Lister/)
    await admin.json('role', 'delete', 'Lister')
    assert.doesNotMatch((await admin.run('role', 'list')).out, /Lister/)
    const unknown = await admin.run('role', 'create', 'Nothing', '--action', 'x/y')
    assert.match(unknown.err, /'x\/y' does not match any of the actions/)
  })

  test('why somebody is denied is said with the role that would do', async (context) => {
    const admin = await adminUnderTest(context)
    await created(admin, 'app', 'billing')
    const asked = ['access', 'explain', '--principal', 'billing', '--action', 'secrets/get']
    const at = ['--vault', 'default', '--secret', 'db-password']
    const denied = await admin.run(...asked, ...at)
    assert.equal(denied.code, 0)
    assert.match(denied.out, /allowed +no\n/)
    assert.match(denied.out, /smallest role +Key Vault Secrets User\n/)
    const role = ['--role', 'Key Vault Secrets User', '--assignee', 'billing']
    const { id } = recordOf(await admin.json('role-assignment', 'create', ...role, ...at))
    const { out } = await admin.run(...asked, '--vault', 'default', '--secret', 'db-password')
    assert.match(out, /decided by +objectState\n/)
    assert.match(out, /state of the object +absent\n/)
    assert.ok(out.includes(String(id)))
  })

  test('access policies are set, replaced, listed and removed', async (context) => {
    const admin = await adminUnderTest(context)
    await created(admin, 'app', 'billing')
    const who = ['--vault', 'default', '--principal', 'billing']
    await admin.json('policy', 'set', ...who, '--secrets', 'get, list', '--keys', 'sign')
    assert.match((await admin.run('policy', 'list', '--vault', 'default')).out, /sign +get,list/)
    const wrong = await admin.run('policy', 'set', ...who, '--secrets', 'fetch')
    assert.deepEqual(
      [wrong.code, /permissions\.secrets .* may hold all, get/.test(wrong.err)],
      [1, true],
    )
    assert.equal((await admin.run('policy', 'set', ...who)).code, 2)
    assert.deepEqual(await admin.json('policy', 'remove', ...who), [])
  })

  test('keys are rotated and the connect files made anew', async (context) => {
    const admin = await adminUnderTest(context)
    assert.equal((await admin.run('seal', 'rotate-root-key')).code, 0)
    assert.equal((await admin.run('seal', 'rotate-data-key', 'default')).code, 0)
    assert.match((await admin.run('issuer-key', 'rotate')).out, /key id +\S{43}/)
    assert.match((await admin.run('connect')).out, /files +\/data\/connect\.env/)
    const renewed = await admin.run('ca', 'renew')
    assert.match(renewed.out, /files +\/data\/ca\.pem/)
    assert.match(renewed.err, /source connect\.env again/)
  })

  test('the audit is exported to a file that verifies, then pruned', async (context) => {
    const admin = await adminUnderTest(context)
    for (let n = 0; n < 5; n++) await admin.json('vault', 'list')
    const exported = recordOf(await admin.json('audit', 'export', '--to', 'audit.jsonl', '--prune'))
    const file = join(admin.folder, 'audit.jsonl')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const verdict = await verifyChain(readExport(file), {})
    assert.equal(verdict.intact && verdict.last.sequence, exported['through'])
    assert.equal((await admin.memory.store.head()).first, Number(exported['through']) + 1)
    const again = await admin.run('audit', 'export', '--to', 'audit.jsonl')
    assert.deepEqual([again.code, /nothing is overwritten/.test(again.err)], [1, true])
    const after = String(exported['through'])
    await admin.json('audit', 'export', '--to', 'more.jsonl', '--after', after)
    const [first] = readFileSync(join(admin.folder, 'more.jsonl'), 'utf8').split('\n')
    assert.equal(recordOf(JSON.parse(first ?? ''))['sequence'], Number(after) + 1)
    assert.equal((await admin.run('audit', 'prune', '--through', '999999')).code, 1)
    assert.equal((await admin.run('audit', 'prune', '--through', 'x')).code, 2)
  })

  test('an export of more entries than the server gives at once is whole', async (context) => {
    const admin = await adminUnderTest(context)
    const entries = Array.from({ length: 2500 }, (_, n) => `{"n":${n}}`)
    await admin.memory.store.commit({ checks: [], puts: [], deletes: [], audit: entries })
    const exported = recordOf(await admin.json('audit', 'export', '--to', 'audit.jsonl'))
    assert.ok(Number(exported['entries']) > 2500)
    assert.equal(
      (await verifyChain(readExport(join(admin.folder, 'audit.jsonl')), {})).intact,
      true,
    )
  })
})

describe('what the admin command is given wrongly', () => {
  test('without a server it says how to have one', async (context) => {
    const folder = adminFolder(context)
    const { code, out, err } = await runIn(folder, ['vault', 'list'])
    assert.deepEqual([code, out], [3, ''])
    assert.match(err, /^No server answers at .*admin\.sock\. Start it with npm start/)
    mkdirSync(join(folder, 'data'))
    writeFileSync(adminSocket(join(folder, 'data')), '')
    assert.equal((await runIn(folder, ['vault', 'list'])).code, 3)
  })

  test('a server that hangs up, or answers what is no JSON, is told', async (context) => {
    const folder = adminFolder(context)
    mkdirSync(join(folder, 'data'))
    const answers = ['', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n<p>']
    const server = createServer(
      (socket) => socket.once('data', () => socket.end(answers.shift() ?? '')),
    )
    await new Promise<void>((resolve) => server.listen(adminSocket(join(folder, 'data')), resolve))
    context.after(() => server.close())
    const broken = await runIn(folder, ['vault', 'list'])
    assert.deepEqual([broken.code, /connection to the server broke/.test(broken.err)], [3, true])
    const strange = await runIn(folder, ['vault', 'list'])
    assert.deepEqual([strange.code, /no JSON/.test(strange.err)], [1, true])
  })

  test('wrong arguments end in exit code 2 and help in 0', async (context) => {
    const folder = adminFolder(context)
    const wrong = [
      '', 'vlaut', 'vault', 'vault craete', 'vault create', 'vault list --nope', 'vault show a b',
      'vault create abc --authorization none', 'vault create abc --retention-days many',
      'role-assignment create', 'seal change --to nothing --file x',
    ]
    for (const argv of wrong.map(words)) {
      const { code, out } = await runIn(folder, argv)
      assert.deepEqual([code, out], [2, ''], argv.join(' '))
    }
    const help = ['--help', 'vault --help', 'help vault', 'vault create --help']
    for (const argv of help.map(words)) {
      const { code, out } = await runIn(folder, argv)
      assert.equal(code, 0, argv.join(' '))
      assert.match(out, /^Usage: npm run admin -- /)
    }
  })

  test('names that would play the terminal are shown harmless', async (context) => {
    const admin = await adminUnderTest(context)
    const name = '\u001b[31mred\u202e\u0007'
    await admin.json('app', 'create', name)
    const { out } = await admin.run('app', 'list')
    assert.doesNotMatch(out.replaceAll('\n', ''), /\p{C}/u)
    const missing = await admin.run('app', 'delete', `${name}x`)
    assert.doesNotMatch(missing.err.replaceAll('\n', ''), /\p{Cc}/u)
  })

  test('a certificate file without a certificate is refused here', async (context) => {
    const admin = await adminUnderTest(context)
    await created(admin, 'app', 'billing')
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    writeFileSync(join(admin.folder, 'key.pem'), privateKey)
    const key = await admin.run('app', 'certificate', 'add', 'billing', 'key.pem')
    assert.deepEqual([key.code, /holds no certificate/.test(key.err)], [1, true])
    const none = await admin.run('app', 'certificate', 'add', 'billing', 'none.pem')
    assert.match(none.err, /cannot be read \(ENOENT\)/)
    const { certificatePem } = await createAuthority(Date.now())
    writeFileSync(join(admin.folder, 'both.pem'), `${privateKey}${certificatePem}`)
    const both = await admin.run('app', 'certificate', 'add', 'billing', 'both.pem')
    assert.ok(!both.err.includes('private key'), both.err)
  })
})

test('the program itself runs, reads its settings and ends with its exit code', (context) => {
  const folder = adminFolder(context)
  const program = new URL('../admin.ts', import.meta.url).pathname
  const argv = ['--conditions=claviger-source', program]
  const env = { CLAVIGER_DATA_DIR: join(folder, 'data') }
  const ended = spawnSync(process.execPath, [...argv, 'vault', 'list'], { env, encoding: 'utf8' })
  assert.deepEqual([ended.status, ended.stdout], [3, ''])
  assert.ok(ended.stderr.includes(folder))
  const help = execFileSync(process.execPath, [...argv, '--help'], { env, encoding: 'utf8' })
  assert.match(help, /^Usage: npm run admin -- <noun> <verb>/)
  const misspelt = { ...env, CLAVIGER_DATADIR: '/x' }
  assert.equal(spawnSync(process.execPath, [...argv, 'vault', 'list'], { env: misspelt }).status, 2)
})
