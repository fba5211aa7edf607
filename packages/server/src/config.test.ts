import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Config, ConfigError, readConfig } from './config.ts'
import { configurationDocs, configurationPage } from './configuration-docs.ts'
import { settings } from './settings.ts'

const surroundings = { workingDirectory: '/srv', cores: 4 }

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, surroundings)
    return []
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError)
    return thrown.problems
  }
}

test('an empty environment gives the defaults', () => {
  const config = readConfig({}, surroundings)
  assert.equal(config.dataDir, '/srv/claviger-data')
  assert.equal(config.rootKeyFile, '/srv/claviger-data.root-key')
  assert.equal(config.host, 'localhost')
  assert.equal(config.port, 8443)
  assert.equal(config.workers, 4)
  assert.equal(config.imds, false)
  assert.equal(config.metricsPort, 8445)
  assert.equal(config.pkiPort, 8446)
  assert.equal(config.alibabaPort, 8447)
  assert.deepEqual(config.alibabaRegions, ['cn-hangzhou'])
  assert.equal(config.pkiUrl, undefined)
  assert.deepEqual(config.acmeDirectories, [])
  assert.equal(config.acmeDnsHook, undefined)
  assert.deepEqual(config.auditSinks, [])
  assert.equal(config.auditSinkTokensDir, undefined)
  assert.deepEqual(config.loginHosts, [])
  assert.equal(config.oidcIssuer, undefined)
  assert.equal(config.oidcUserNameClaim, 'preferred_username')
  assert.equal(config.oidcNewUsers, false)
  assert.equal(config.tenantId, undefined)
})

test('a provider of people is named by both, at an https address or on this machine', () => {
  const client = { CLAVIGER_OIDC_CLIENT_ID: 'claviger' }
  const problems = (issuer: string): readonly string[] =>
    problemsOf({ ...client, CLAVIGER_OIDC_ISSUER: issuer })
  for (const good of ['https://id.example.com/realms/one', 'http://localhost:8080', 'http://127.0.0.1']) {
    assert.deepEqual(problems(good), [])
  }
  for (const bad of ['http://id.example.com', 'https://a:b@id.example.com', 'id.example.com', 'https://a/?b']) {
    assert.match(problems(bad)[0] ?? '', /^CLAVIGER_OIDC_ISSUER must be an `https:` URL/)
  }
  assert.match(problemsOf(client)[0] ?? '', /go together/)
})

test('the root key file follows the data folder', () => {
  const config = readConfig({ CLAVIGER_DATA_DIR: 'a/b' }, surroundings)
  assert.equal(config.dataDir, '/srv/a/b')
  assert.equal(config.rootKeyFile, '/srv/a/b.root-key')
})

test('values are read, trimmed and folded', () => {
  const config = readConfig(
    {
      CLAVIGER_HOST: '::',
      CLAVIGER_PORT: ' 0 ',
      CLAVIGER_DOMAIN: 'Azure.NET',
      CLAVIGER_IMDS: 'on',
      CLAVIGER_METRICS_PORT: 'off',
      CLAVIGER_PKI_PORT: 'off',
      CLAVIGER_ALIBABA_REGIONS: 'cn-beijing, eu-central-1,cn-beijing',
      CLAVIGER_PKI_URL: 'HTTP://Pki.example.com/',
      CLAVIGER_ACME_DIRECTORIES: 'https://ACME.example/dir, https://acme.example/dir',
      CLAVIGER_ACME_DNS_HOOK: 'hooks/dns',
      CLAVIGER_AUDIT_SINKS: 'siem=https://Logs.example, archive=file:/var/log/audit.jsonl',
      CLAVIGER_AUDIT_SINK_TOKENS_DIR: 'tokens',
      CLAVIGER_LOGIN_HOSTS: 'Login.MicrosoftOnline.com, login.microsoftonline.com',
      CLAVIGER_DEFAULT_VAULT_HOSTS: 'kv.example.com,10.0.0.1,FE80::1',
      CLAVIGER_TENANT_ID: '01234567-89AB-cdef-0123-456789abcdef',
      CLAVIGER_LOG_LEVEL: '',
    },
    surroundings,
  )
  assert.equal(config.host, '::')
  assert.equal(config.port, 0)
  assert.equal(config.domain, 'azure.net')
  assert.equal(config.imds, true)
  assert.equal(config.metricsPort, 'off')
  assert.equal(config.pkiPort, 'off')
  assert.deepEqual(config.alibabaRegions, ['cn-beijing', 'eu-central-1'])
  assert.equal(config.pkiUrl, 'http://pki.example.com')
  assert.deepEqual(config.acmeDirectories, ['https://acme.example/dir'])
  assert.equal(config.acmeDnsHook, '/srv/hooks/dns')
  assert.deepEqual(config.auditSinks, [
    { name: 'siem', url: 'https://logs.example/' },
    { name: 'archive', file: '/var/log/audit.jsonl' },
  ])
  assert.equal(config.auditSinkTokensDir, '/srv/tokens')
  assert.deepEqual(config.loginHosts, ['login.microsoftonline.com'])
  assert.deepEqual(config.defaultVaultHosts, ['kv.example.com', '10.0.0.1', 'fe80::1'])
  assert.equal(config.tenantId, '01234567-89ab-cdef-0123-456789abcdef')
  assert.equal(config.logLevel, 'info')
})

test('every problem is reported at once, each naming its variable', () => {
  const problems = problemsOf({
    CLAVIGER_PORT: 'https',
    CLAVIGER_HOST: 'vault.example',
    CLAVIGER_DOMAIN: '*.example',
    CLAVIGER_WORKERS: '0',
    CLAVIGER_TLS_KEY_FILE: 'key.pem',
    CLAVIGER_PROT: '1',
  })
  for (const word of ['PORT ', 'HOST', 'DOMAIN', 'WORKERS', 'TLS_KEY_FILE', 'PROT ']) {
    assert.ok(problems.some((problem) => problem.startsWith(`CLAVIGER_${word}`)), word)
  }
  assert.equal(problems.length, 6)
})

const wrong: readonly (readonly [keyof Config, string])[] = [
  ['port', '65536'],
  ['port', '-1'],
  ['port', '1e3'],
  ['port', 'tcp://10.0.0.1:8443'],
  ['host', '127.0.0.1:8443'],
  ['domain', 'a..b'],
  ['domain', '10.0.0.1'],
  ['domain', `${'a'.repeat(64)}.com`],
  ['dataDir', 'a\0b'],
  ['loginHosts', 'a.example,,b.example'],
  ['loginHosts', 'https://a.example'],
  ['defaultVaultHosts', 'a.example:8443'],
  ['imds', 'yes'],
  ['metricsPort', 'none'],
  ['pkiPort', 'on'],
  ['pkiUrl', 'https://pki.example.com'],
  ['pkiUrl', 'pki.example.com'],
  ['pkiUrl', 'http://user@pki.example.com'],
  ['pkiUrl', 'http://pki.example.com/?a'],
  ['acmeDirectories', 'http://acme.example/dir'],
  ['acmeDirectories', 'https://acme.example/dir,'],
  ['acmeDirectories', 'acme.example'],
  ['auditSinks', 'https://logs.example'],
  ['auditSinks', 'siem=http://logs.example'],
  ['tenantId', 'contoso'],
  ['oidcUserNameClaim', 'preferred username'],
  ['softDeleteDays', '6'],
  ['softDeleteDays', '91'],
  ['logLevel', 'trace'],
  ['region', 'West Europe'],
  ['bodyLimitBytes', '0x10'],
]

for (const [name, text] of wrong) {
  test(`${name} refuses ${JSON.stringify(text)}`, () => {
    const problems = problemsOf({ [settings[name].variable]: text })
    assert.equal(problems.length, 1)
    assert.ok(problems[0]?.startsWith(`${settings[name].variable} must be `))
  })
}

test('settings that contradict each other are refused', () => {
  assert.match(
    problemsOf({ CLAVIGER_PORT: '9000', CLAVIGER_IDENTITY_PORT: '9000' })[0] ?? '',
    /both 9000/,
  )
  assert.equal(problemsOf({ CLAVIGER_PORT: '0', CLAVIGER_IDENTITY_PORT: '0' }).length, 0)
  assert.match(
    problemsOf({ CLAVIGER_ROOT_KEY_FILE: 'a', CLAVIGER_PASSPHRASE_FILE: 'b' })[0] ?? '',
    /one seal/,
  )
  assert.match(
    problemsOf({ CLAVIGER_LOGIN_HOSTS: 'a.b', CLAVIGER_DEFAULT_VAULT_HOSTS: 'a.b' })[0] ?? '',
    /a\.b is in both/,
  )
  assert.match(
    problemsOf({ CLAVIGER_REQUEST_TIMEOUT_MS: '8000' })[0] ?? '',
    /CLAVIGER_HEADERS_TIMEOUT_MS is longer than/,
  )
})

test('variables that Kubernetes adds for a service named claviger are ignored', () => {
  assert.deepEqual(
    problemsOf({ CLAVIGER_SERVICE_HOST: '10.0.0.1', CLAVIGER_PORT_8443_TCP: 'tcp://10.0.0.1' }),
    [],
  )
})

test('a wrong value is shown escaped and shortened', () => {
  const [problem] = problemsOf({ CLAVIGER_REGION: `\u001b[31m${'x'.repeat(500)}` })
  assert.ok(problem !== undefined && problem.length < 250)
  assert.ok(!problem.includes('\u001b'))
})

test('docs/configuration.md is current', () => {
  assert.equal(
    readFileSync(configurationPage, 'utf8'),
    configurationDocs(),
    'run: npx node --conditions=claviger-source packages/server/src/configuration-docs.ts',
  )
})
