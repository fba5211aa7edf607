import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectOf } from '../server/json.ts'
import type { Az } from './az.ts'
import { equals, has, hasNot, hasOnly, member } from './expected-output.ts'

const GROUP = 'az-objects'
/** Its host name leads here while the suites run. */
const VAULT = 'az-objects'
const IN_VAULT = ['--vault-name', VAULT] as const

/** Makes the vault for keys, secrets and certificates, with roles, as today's az does by itself. */
export async function createObjectVault(az: Az): Promise<void> {
  await az.gives(['group', 'create', '--name', GROUP, '--location', 'eastus'])
  await az.gives(['keyvault', 'create', '--name', VAULT, '--resource-group', GROUP])
}

/** Keys: their whole life, and their use. */
export async function checkKeyCommands(az: Az): Promise<void> {
  const command = nounCommands('key')
  const created = objectOf(
    await az.gives(command('create', '--name', 'rsa', '--kty', 'RSA', '--size', '2048'), {
      attributes: { enabled: true },
      key: { kty: 'RSA' },
    }),
  )
  const id = member(created['key'], 'kid')
  const version = id.split('/').at(-1) ?? ''
  await az.gives(command('create', '--name', 'curve', '--kty', 'EC', '--curve', 'P-256'), {
    key: { kty: 'EC', crv: 'P-256' },
  })
  await az.gives(command('show', '--name', 'rsa'), { key: { kid: id } })
  await az.gives(['keyvault', 'key', 'show', '--id', id], { key: { kid: id } })
  await az.gives(command('list'), has('name', 'rsa', 'curve'))
  await az.gives(command('rotate', '--name', 'rsa'))
  await az.gives(command('list-versions', '--name', 'rsa'), (output) => {
    assert.equal(Array.isArray(output) && output.length, 2)
  })
  await az.gives(
    command('set-attributes', '--name', 'rsa', '--version', version, '--enabled', 'false'),
    { attributes: { enabled: false } },
  )
  const policy = {
    lifetimeActions: [{ trigger: { timeAfterCreate: 'P90D' }, action: { type: 'Rotate' } }],
    attributes: { expiryTime: 'P2Y' },
  }
  await az.gives(
    command('rotation-policy', 'update', '--name', 'rsa', '--value', JSON.stringify(policy)),
  )
  await az.gives(command('rotation-policy', 'show', '--name', 'rsa'), { expiresIn: 'P2Y' })
  await checkKeyUse(az, command)
  const pem = join(az.run.folder, 'az-key.pem')
  await az.gives(command('download', '--name', 'curve', '--file', pem))
  await az.run.step('the downloaded key is a public key', () => {
    assert.match(readFileSync(pem, 'utf8'), /^-----BEGIN PUBLIC KEY-----/)
  })
  await checkLife(az, 'key', 'curve')
  await az.refuses(command('show', '--name', 'nothing'), /\(KeyNotFound\)/)
  await az.refuses(command('create', '--name', 'under_score'), /\(BadParameter\)/)
}

async function checkKeyUse(az: Az, command: NounCommands): Promise<void> {
  const plain = Buffer.from(az.server.canary).toString('base64')
  const oaep = ['--name', 'rsa', '--algorithm', 'RSA-OAEP-256'] as const
  const encrypted = await az.gives(command('encrypt', ...oaep, '--value', plain), {
    algorithm: 'RSA-OAEP-256',
  })
  const cipher = member(encrypted, 'result')
  await az.gives(command('decrypt', ...oaep, '--value', cipher), { result: plain })
  const digest = Buffer.alloc(32, 7).toString('base64')
  const es256 = ['--name', 'curve', '--algorithm', 'ES256', '--digest', digest] as const
  const signature = member(await az.gives(command('sign', ...es256)), 'signature')
  await az.gives(command('verify', ...es256, '--signature', signature), { isValid: true })
}

/** Secrets: their whole life, and as files. */
export async function checkSecretCommands(az: Az): Promise<void> {
  const command = nounCommands('secret')
  const { canary } = az.server
  await az.gives(command('set', '--name', 'first', '--value', canary, '--tags', 'a=b'), {
    value: canary,
    tags: { a: 'b' },
  })
  const set = await az.gives(command('set', '--name', 'first', '--value', `${canary}-2`))
  await az.gives(command('show', '--name', 'first'), { value: `${canary}-2` })
  const byId = ['keyvault', 'secret', 'show', '--id', member(set, 'id')]
  await az.gives(byId, { value: `${canary}-2` })
  await az.gives(command('list'), has('name', 'first'))
  await az.gives(command('list-versions', '--name', 'first'), (output) => {
    assert.equal(Array.isArray(output) && output.length, 2)
  })
  await az.gives(command('set-attributes', '--name', 'first', '--content-type', 'text/plain'), {
    contentType: 'text/plain',
  })
  const [source, target] = ['az-secret', 'az-secret-back'].map((name) => join(az.run.folder, name))
  assert.ok(source !== undefined && target !== undefined)
  writeFileSync(source, Buffer.from([0, 1, 2, 255]))
  const file = ['--name', 'file', '--file'] as const
  await az.gives(command('set', ...file, source, '--encoding', 'base64'))
  await az.gives(command('download', ...file, target, '--encoding', 'base64'))
  await az.run.step('a file comes back as it was', () => {
    assert.deepEqual(readFileSync(target), readFileSync(source))
  })
  await checkLife(az, 'secret', 'first')
  await az.refuses(command('show', '--name', 'nothing'), /\(SecretNotFound\)/)
}

/** Certificates: made by a policy, imported, and their whole life. */
export async function checkCertificateCommands(az: Az): Promise<void> {
  const command = nounCommands('certificate')
  const policy = await az.gives(['keyvault', 'certificate', 'get-default-policy'], {
    issuerParameters: { name: 'Self' },
  })
  const created = ['create', '--name', 'site', '--policy', JSON.stringify(policy)]
  await az.gives(command(...created), { status: 'completed' })
  await az.gives(command('show', '--name', 'site'), {
    policy: { issuerParameters: { name: 'Self' } },
  })
  await az.gives(command('list'), has('name', 'site'))
  await az.gives(command('list-versions', '--name', 'site'))
  await az.gives(command('set-attributes', '--name', 'site', '--tags', 'a=b'), { tags: { a: 'b' } })
  await az.gives(command('pending', 'show', '--name', 'site'), { status: 'completed' })
  const pem = join(az.run.folder, 'az-site.pem')
  await az.gives(command('download', '--name', 'site', '--file', pem))
  const secret = await az.gives(['keyvault', 'secret', 'show', ...IN_VAULT, '--name', 'site'])
  await checkImport(az, command, member(secret, 'value'))
  await az.gives(command('contact', 'add', '--email', 'someone@example.com'))
  await az.gives(command('contact', 'list'), {
    contactList: [{ emailAddress: 'someone@example.com' }],
  })
  await az.gives(command('contact', 'delete', '--email', 'someone@example.com'))
  const issuer = ['--issuer-name', 'partner'] as const
  await az.gives(command('issuer', 'create', ...issuer, '--provider-name', 'DigiCert'), {
    provider: 'DigiCert',
  })
  await az.gives(command('issuer', 'list'), has('provider', 'DigiCert'))
  await az.gives(command('issuer', 'delete', ...issuer))
  await checkLife(az, 'certificate', 'site')
  await az.refuses(command('show', '--name', 'nothing'), /\(CertificateNotFound\)/)
}

/** What a certificate's secret holds is a PKCS #12 file, and goes in again. */
async function checkImport(az: Az, command: NounCommands, value: string): Promise<void> {
  const file = join(az.run.folder, 'az-site.pfx')
  writeFileSync(file, Buffer.from(value, 'base64'))
  await az.gives(command('import', '--name', 'imported', '--file', file), {
    attributes: { enabled: true },
  })
}

/** Backed up, deleted, listed, recovered, deleted, purged and restored. */
async function checkLife(az: Az, noun: Noun, name: string): Promise<void> {
  const command = nounCommands(noun)
  const named = ['--name', name] as const
  const file = join(az.run.folder, `az-${noun}-backup`)
  const missing = /NotFound\)/
  await az.gives(command('backup', ...named, '--file', file))
  await az.run.step(`the backup of the ${noun} is a file`, () => assert.ok(existsSync(file)))
  await az.gives(command('delete', ...named))
  await az.refuses(command('show', ...named), missing)
  await az.gives(command('list'), hasNot('name', name))
  await az.gives(command('list-deleted'), has('name', name))
  await az.gives(command('show-deleted', ...named))
  await az.gives(command('recover', ...named))
  await az.gives(command('show', ...named))
  await az.gives(command('delete', ...named))
  await az.gives(command('purge', ...named), equals(undefined))
  await az.gives(command('list-deleted'), hasNot('name', name))
  await az.gives(command('restore', '--file', file))
  await az.gives(command('show', ...named))
}

type Noun = 'certificate' | 'key' | 'secret'
type NounCommands = (...words: readonly string[]) => readonly string[]

/** Commands of a noun in the vault; the first words come before it. */
function nounCommands(noun: Noun): NounCommands {
  return (...words) => ['keyvault', noun, ...words, ...IN_VAULT]
}

/** Takes the vault and its group away. */
export async function removeObjectVault(az: Az): Promise<void> {
  await az.gives(['keyvault', 'delete', '--name', VAULT])
  await az.gives(['keyvault', 'list', '--resource-group', GROUP], hasOnly('name'))
  await az.gives(['group', 'delete', '--name', GROUP, '--yes'])
}
