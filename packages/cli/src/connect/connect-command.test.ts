import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory } from '../testing/run-in-memory.ts'
import { PROGRAM_NAMES } from './programs.ts'

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'
const VAULT = 'https://default.vault.localhost:8443'
const DOMAIN = ['--domain', 'kv.example.com', '--port', '443'] as const

function folderUnderTest(
  context: TestContext,
  names: readonly string[] = ['ca.pem', 'ca-bundle.pem'],
): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-connect-'))
  context.after(() => rmSync(folder, { recursive: true }))
  for (const name of names) writeFileSync(join(folder, name), CERTIFICATE)
  return folder
}

function connect(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {
    AZURE_KEYVAULT_URL: VAULT,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  },
): Promise<CliResult> {
  const far = new MemoryVault(() => assert.fail('it has asked'))
  return runInMemory(['connect', ...argv], far, { workingDirectory: folder, environment })
}

/** The variables that a shell has after sourcing these lines, its programs standing idle. */
function sourced(lines: string, names: readonly string[]): readonly string[] {
  const idle = 'az() { :; };'
  const show = names.map((name) => `"\${${name}-unset}"`).join(' ')
  const { stdout, stderr } = spawnSync('sh', ['-c', `${idle}\n${lines}\nprintf '%s\\n' ${show}`], {
    encoding: 'utf8',
    env: {},
  })
  assert.equal(stderr, '')
  return stdout.trimEnd().split('\n')
}

/** A folder as JAVA_HOME has it, with a keytool that adds what it was told. */
function javaUnderTest(folder: string): string {
  const home = join(folder, 'java')
  mkdirSync(join(home, 'lib/security'), { recursive: true })
  mkdirSync(join(home, 'bin'))
  writeFileSync(join(home, 'lib/security/cacerts'), 'roots')
  const keytool = [
    '#!/bin/sh',
    'while [ "$1" != -keystore ]; do shift; done',
    `printf ' and the CA' >>"$2"`,
  ].join('\n')
  writeFileSync(join(home, 'bin/keytool'), keytool, { mode: 0o755 })
  return `JAVA_HOME="${home}"`
}

describe('claviger connect', () => {
  it('gives a program the host names, the tenant and the CA', async (context) => {
    const folder = folderUnderTest(context)
    const { code, output } = await connect(folder, ['node'])
    assert.equal(code, 0)
    const azure = ['AZURE_KEYVAULT_URL', 'AZURE_AUTHORITY_HOST', 'AZURE_TENANT_ID']
    assert.deepEqual(sourced(output, [...azure, 'NODE_EXTRA_CA_CERTS']), [
      VAULT, 'https://login.localhost:8443', 'adfs', join(folder, 'ca.pem'),
    ])
    const hosts = ['default.vault', 'login', 'management', 'graph'].map((one) => `${one}.localhost`)
    assert.ok(output.includes(`${hosts.join(', ')}. Where`))
  })

  it('gives what replaces the roots of a program the bundle of all', async (context) => {
    const folder = folderUnderTest(context)
    const { output } = await connect(folder, ['python'])
    const bundle = join(folder, 'ca-bundle.pem')
    assert.deepEqual(sourced(output, ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE']), [bundle, bundle])
    assert.doesNotMatch(output, /no ca-bundle/)
  })

  it('says when there is no bundle, and the program trusts one CA alone', async (context) => {
    const folder = folderUnderTest(context, ['ca.pem'])
    const { output } = await connect(folder, ['go'])
    assert.deepEqual(sourced(output, ['SSL_CERT_FILE']), [join(folder, 'ca.pem')])
    assert.match(output, /trusts what is in that file alone/)
  })

  it('takes the server by its domain and port, and no CA where there is none', async (context) => {
    const { output } = await connect(folderUnderTest(context, []), ['dotnet', ...DOMAIN], {})
    assert.deepEqual(sourced(output, ['AZURE_KEYVAULT_URL', 'SSL_CERT_FILE']), [
      'https://default.vault.kv.example.com', 'unset',
    ])
    assert.match(output, /must trust the certificate of the server already/)
  })

  it('finds the CA in the data folder, before that of others', async (context) => {
    const folder = folderUnderTest(context)
    const environment = { CLAVIGER_DATA_DIR: folder, NODE_EXTRA_CA_CERTS: '/of/others.pem' }
    const { output } = await connect(folder, ['node', ...DOMAIN], environment)
    assert.deepEqual(sourced(output, ['NODE_EXTRA_CA_CERTS']), [join(folder, 'ca.pem')])
  })

  it('gives Java a trust store, also in a folder with a space in its name', async (context) => {
    const folder = join(folderUnderTest(context), "of Ada's")
    mkdirSync(folder)
    writeFileSync(join(folder, 'ca.pem'), CERTIFICATE)
    const { output } = await connect(folder, ['java', '--ca-file', 'ca.pem'])
    const store = join(folder, 'claviger-java-trust-store')
    const java = javaUnderTest(folder)
    assert.deepEqual(sourced(`${java}\n${output}`, ['JAVA_TOOL_OPTIONS']), [
      `-Djavax.net.ssl.trustStore="${store}" -Djavax.net.ssl.trustStorePassword=changeit`,
    ])
    assert.equal(readFileSync(store, 'utf8'), 'roots and the CA')
    sourced((await connect(folder, ['java', '--remove', '--ca-file', 'ca.pem'])).output, ['X'])
    assert.deepEqual(readdirSync(folder).toSorted(), ['ca.pem', 'java'])
  })

  it('leaves Java the options that it has, and gives them back', async (context) => {
    const folder = folderUnderTest(context)
    const { output } = await connect(folder, ['java'])
    const { output: back } = await connect(folder, ['java', '--remove'])
    const java = javaUnderTest(folder)
    const before = 'export JAVA_TOOL_OPTIONS="-Xmx1g -Da=\'b c\'"'
    const [options = ''] = sourced(`${before}\n${java}\n${output}\n${output}`, ['JAVA_TOOL_OPTIONS'])
    assert.match(options, /^-Xmx1g -Da='b c' -Djavax\.net\.ssl\.trustStore=\S+ -D\S+=changeit$/)
    const lines = [before, java, output, output, back].join('\n')
    assert.deepEqual(sourced(lines, ['JAVA_TOOL_OPTIONS']), ["-Xmx1g -Da='b c'"])
  })

  it('sets no trust store of Java that could not be made', async (context) => {
    const folder = folderUnderTest(context)
    const { output } = await connect(folder, ['java'])
    assert.deepEqual(sourced(`exec 2>/dev/null\nPATH=/nowhere\n${output}`, ['JAVA_TOOL_OPTIONS']), ['unset'])
  })

  it('gives back what variables had before, of programs with the same ones too', async (context) => {
    const folder = folderUnderTest(context)
    const names = ['SSL_CERT_FILE', 'AZURE_TENANT_ID', 'AZURE_KEYVAULT_URL']
    const lines = ["export SSL_CERT_FILE='of mine' AZURE_TENANT_ID="]
    for (const words of [['python'], ['dotnet'], ['python'], ['python', '--remove'], ['dotnet', '--remove']]) {
      lines.push((await connect(folder, words)).output)
    }
    assert.deepEqual(sourced(lines.join('\n'), names), ['of mine', '', 'unset'])
  })

  it('makes the trust store of Java once, and again for another CA', async (context) => {
    const folder = folderUnderTest(context)
    const { output } = await connect(folder, ['java'])
    const store = join(folder, 'claviger-java-trust-store')
    const java = javaUnderTest(folder)
    sourced(`${java}\n${output}`, ['X'])
    writeFileSync(store, 'kept')
    sourced(`${java}\n${output}`, ['X'])
    assert.equal(readFileSync(store, 'utf8'), 'kept')
    writeFileSync(join(folder, 'ca.pem'), CERTIFICATE.replace('AA==', 'AQ=='))
    sourced(`${java}\n${output}`, ['X'])
    assert.equal(readFileSync(store, 'utf8'), 'roots and the CA')
  })

  it('names no tenant to SDKs that refuse adfs, unless it is said', async (context) => {
    const folder = folderUnderTest(context)
    for (const name of ['java', 'go']) {
      const { output } = await connect(folder, [name])
      assert.doesNotMatch(output, /^export AZURE_TENANT_ID/m)
      assert.match(output, /instance discovery/)
      const said = await connect(folder, [name, '--tenant', 'one'])
      assert.match(said.output, /^export AZURE_TENANT_ID=one$/m)
    }
  })

  it('adds to the roots of Deno and of Bun', async (context) => {
    const folder = folderUnderTest(context)
    const ca = join(folder, 'ca.pem')
    for (const [name, trusting] of [['deno', 'DENO_CERT'], ['bun', 'NODE_EXTRA_CA_CERTS']] as const) {
      assert.deepEqual(sourced((await connect(folder, [name])).output, [trusting]), [ca])
    }
  })

  it('registers the cloud with az, and takes it back', async (context) => {
    const folder = folderUnderTest(context)
    const { output } = await connect(folder, ['az'])
    const register = 'az cloud register -n Claviger --endpoint-resource-manager'
    const at = 'https://management.localhost:8443'
    assert.ok(output.includes(`\n${register} ${at}\naz cloud set -n Claviger\n`))
    const back = (await connect(folder, ['az', '--remove'])).output
    assert.match(back, /^az logout\naz cloud set -n AzureCloud\naz cloud unregister -n Claviger\n/)
  })

  it('leads Terraform to the metadata of the server', async (context) => {
    const { output } = await connect(folderUnderTest(context), ['terraform', '--tenant', 'one'])
    const names = ['ARM_METADATA_HOSTNAME', 'ARM_ENVIRONMENT', 'ARM_TENANT_ID']
    assert.deepEqual(sourced(output, names), [
      'management.localhost:8443', 'Claviger', 'one',
    ])
  })

  for (const name of PROGRAM_NAMES) {
    it(`writes once for ${name} what it prints, and takes it back`, async (context) => {
      const folder = folderUnderTest(context)
      const profile = join(folder, 'profile')
      writeFileSync(profile, 'umask 022\n')
      const environment = {
        AZURE_KEYVAULT_URL: VAULT,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        AZURE_CLIENT_SECRET: 'canary',
        IDENTITY_HEADER: 'canary',
      }
      const java = name === 'java' ? `${javaUnderTest(folder)}\n` : ''
      const { output: printed } = await connect(folder, [name], environment)
      for (const _ of [1, 2]) {
        const { code, output } = await connect(folder, [name, '--write', 'profile'], environment)
        assert.deepEqual([code, output], [0, ''])
      }
      assert.equal(readFileSync(profile, 'utf8'), `umask 022\n${printed}`)
      assert.doesNotMatch(printed, /canary/)
      const { output: back } = await connect(folder, [name, '--remove', '--write', 'profile'], {})
      assert.equal(readFileSync(profile, 'utf8'), 'umask 022\n')
      const set = [...printed.matchAll(/^export (\w+)=/gm)].map(([, variable = '']) => variable)
      assert.ok(set.length > 0)
      assert.deepEqual(new Set(sourced(`${java}${printed}${back}`, set)), new Set(['unset']))
    })
  }

  it('gives a file of any encoding back octet by octet, and none where there was none', async (context) => {
    const folder = folderUnderTest(context)
    const profile = join(folder, 'profile')
    const octets = Buffer.from([0x23, 0xe4, 0xff, 0x0d, 0x0a, 0xc3, 0xa4])
    for (const before of [octets, Buffer.from(''), undefined]) {
      if (before !== undefined) writeFileSync(profile, before)
      const argv = ['node', '--write', 'profile', '--lang', 'zh-CN']
      assert.equal((await connect(folder, argv)).code, 0)
      assert.match(readFileSync(profile, 'utf8'), /服务器/)
      assert.equal((await connect(folder, [...argv, '--remove'])).code, 0)
      assert.deepEqual(existsSync(profile) ? readFileSync(profile) : undefined, before)
      rmSync(profile, { force: true })
    }
  })

  type Wrong = readonly [string, readonly string[], Readonly<Record<string, string>>]
  const WRONG: readonly Wrong[] = [
    ['a program that it does not know', ['cobol'], { AZURE_KEYVAULT_URL: VAULT }],
    ['no server', ['node'], {}],
    ['the public cloud', ['node'], { AZURE_KEYVAULT_URL: 'https://a.vault.azure.net' }],
    ['a domain with more in it', ['node', '--domain', 'a.example/b'], {}],
    ['a tenant that is no word', ['node', '--domain', 'a.example', '--tenant', 'a\nb'], {}],
    ['a CA that is none', ['node', '--domain', 'a.example', '--ca-file', 'key.pem'], {}],
  ]
  for (const [what, argv, environment] of WRONG) {
    it(`refuses ${what}, and writes nothing`, async (context) => {
      const folder = folderUnderTest(context)
      writeFileSync(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----\n')
      const { code, output } = await connect(folder, [...argv, '--write', 'profile'], environment)
      assert.deepEqual([code, output, existsSync(join(folder, 'profile'))], [2, '', false])
    })
  }

  it('has the lines of a hosts file, and takes them out of it', async (context) => {
    const folder = folderUnderTest(context)
    const environment = {
      AZURE_KEYVAULT_URL: VAULT,
      ALIBABA_CLOUD_KMS_ENDPOINT: 'kms.cn-hangzhou.localhost:8443',
      ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT: 'kst-1.cryptoservice.kms.aliyuncs.com',
    }
    const file = join(folder, 'hosts')
    writeFileSync(file, '127.0.0.1 localhost\n')
    const { code } = await connect(folder, ['hosts', '--write', file], environment)
    assert.equal(code, 0)
    const names = ['default.vault', 'login', 'management', 'graph', 'kms.cn-hangzhou']
    const lines = names.map((name) => `127.0.0.1 ${name}.localhost\n`)
    assert.ok(readFileSync(file, 'utf8').includes(lines.join('')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /aliyuncs/)
    await connect(folder, ['hosts', '--remove', '--write', file], environment)
    assert.equal(readFileSync(file, 'utf8'), '127.0.0.1 localhost\n')
  })

  it('asks where a server is that is not on this machine', async (context) => {
    const folder = folderUnderTest(context)
    const far = await connect(folder, ['hosts', ...DOMAIN])
    assert.deepEqual([far.code, /--address/.test(far.errors)], [2, true])
    const named = await connect(folder, ['hosts', ...DOMAIN, '--address', 'fd00::7'])
    assert.match(named.output, /^fd00::7 login\.kv\.example\.com$/m)
    assert.equal((await connect(folder, ['hosts', ...DOMAIN, '--address', 'here'])).code, 2)
    assert.equal((await connect(folder, ['hosts', '--remove'])).code, 2)
  })
})
