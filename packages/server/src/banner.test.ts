import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { banner, type BannerFacts } from './banner.ts'
import { unreachableHosts } from './banner/unreachable-hosts.ts'
import { clientAddresses } from './connect/client-addresses.ts'
import { connectFilesIn } from './connect-files.ts'

const facts: BannerFacts = {
  addresses: clientAddresses({ domain: 'localhost', alibabaRegions: ['cn-hangzhou'] }, { https: 8443, identity: 8444 }),
  tenant: '11111111-2222-3333-4444-555555555555',
  dataDir: '/home/ada/claviger/claviger-data',
  seal: { kind: 'file', path: '/home/ada/claviger/claviger-data.root-key' },
  connectFiles: connectFilesIn('/home/ada/claviger/claviger-data'),
  metricsUrl: 'http://127.0.0.1:8445/metrics',
  unreachableHosts: [],
  host: '127.0.0.1',
  workingDirectory: '/home/ada/claviger',
  isRoot: false,
}

function readsAsShell(text: string): void {
  // From the first block on, all of it is meant to be typed.
  const typed = text.slice(text.indexOf('# Node'))
  execFileSync('/bin/sh', ['-n'], { input: typed, stdio: ['pipe', 'ignore', 'inherit'] })
}

test('the banner says what is where and what to type next, on one screen', () => {
  const text = banner(
    { ...facts, unreachableHosts: ['default.vault.localhost', 'login.localhost'] },
  )
  const lines = text.split('\n')
  assert.ok(lines.length <= 44, `${lines.length} lines`)
  for (const line of lines) assert.ok(line.length <= 100 || line.startsWith('echo '), line)
  for (const part of [
    'https://default.vault.localhost:8443',
    facts.tenant,
    'Data      ./claviger-data\n',
    './claviger-data.root-key  (back it up',
    'http://127.0.0.1:8445/metrics',
    '. ./claviger-data/connect.env',
    "echo '127.0.0.1 default.vault.localhost login.localhost management.localhost graph.localhost " +
      "kms.cn-hangzhou.localhost kst-default.cryptoservice.kms.localhost' | sudo tee -a /etc/hosts",
    'resource=https://vault.localhost:8443',
    'az cloud register -n Claviger --endpoint-resource-manager https://management.localhost:8443\n',
    `--tenant ${facts.tenant}\n`,
    'az cloud set -n AzureCloud',
  ]) {
    assert.ok(text.includes(part), part)
  }
  readsAsShell(text)
})

test('root is told a command without sudo, and a public address is the one to add', () => {
  const unreachable = ['login.example.com']
  const addresses = clientAddresses({ domain: 'example.com', alibabaRegions: ['cn-hangzhou'] }, { https: 443, identity: 8444 })
  const text = banner(
    { ...facts, addresses, unreachableHosts: unreachable, isRoot: true, host: '192.0.2.7' },
  )
  assert.ok(
    text.includes("echo '192.0.2.7 default.vault.example.com login.example.com management.example.com " +
        "graph.example.com kms.cn-hangzhou.example.com kst-default.cryptoservice.kms.example.com' >> /etc/hosts"),
  )
  assert.ok(text.includes('https://default.vault.example.com\n'))
  const any = banner({ ...facts, unreachableHosts: unreachable, host: '0.0.0.0' })
  assert.ok(any.includes("echo '127.0.0.1 "))
})

test('where all hosts are found there is no word of them', () => {
  assert.doesNotMatch(banner(facts), /hosts/)
})

test('a passphrase has no file to back up, and metrics that are off are not shown', () => {
  const seal = { kind: 'passphrase', path: '/run/secrets/pass' } as const
  const text = banner({ ...facts, seal, metricsUrl: undefined })
  assert.match(text, /passphrase in \/run\/secrets\/pass/)
  assert.doesNotMatch(text, /Metrics|back it up/)
})

test('a data folder elsewhere, with a name that a shell would take apart, stays typeable', () => {
  const dataDir = "/srv/ada's data"
  const text = banner({ ...facts, dataDir, connectFiles: connectFilesIn(dataDir) })
  assert.ok(text.includes(`. '/srv/ada'\\''s data/connect.env'`))
  readsAsShell(text)
})

test('hosts that are not found, or found elsewhere, are unreachable', async () => {
  const known: Readonly<Record<string, readonly string[]>> = {
    'loopback.test': ['127.0.0.1'],
    'other-loopback.test': ['127.0.1.1'],
    'v6.test': ['::1'],
    'own.test': ['192.0.2.7'],
    'public.test': ['203.0.113.9', '203.0.113.10'],
    'none.test': [],
  }
  const find = async (host: string): Promise<readonly string[]> => {
    const found = known[host]
    if (found === undefined) throw new Error('ENOTFOUND')
    return found
  }
  const hosts = [...Object.keys(known), 'unknown.test']
  assert.deepEqual(await unreachableHosts(hosts, find, new Set(['192.0.2.7'])), [
    'public.test',
    'none.test',
    'unknown.test',
  ])
})
