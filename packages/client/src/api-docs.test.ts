import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { KMS_ACTIONS } from './alibaba/actions/action-names.ts'
import {
  type ApiSymbol,
  errorClasses,
  exportsOf,
  isNumeric,
  membersOf,
  signaturesOf,
  summaryOf,
  symbolAt,
  tagged,
} from './testing/api-model.ts'

// TypeDoc itself, with the settings that the pages are made with.
const folder = fileURLToPath(new URL('../../../api-docs/', import.meta.url))
const library = createRequire(`${folder}package.json`).resolve('typedoc')
const typedoc = join(dirname(library), '../bin/typedoc')

interface Reading {
  readonly status: number | null
  readonly output: string
  readonly model: ApiSymbol
}

/** What TypeDoc reads in the sources, and what it has to say about them. */
function readInterface(): Reading {
  const target = mkdtempSync(join(tmpdir(), 'claviger-api-docs-'))
  const file = join(target, 'model.json')
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [typedoc, '--json', file], {
      cwd: folder,
      encoding: 'utf8',
    })
    // It writes nothing after an error.
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '{"name":"none"}'
    return { status, output: stdout + stderr, model: JSON.parse(text) as ApiSymbol }
  } finally {
    rmSync(target, { recursive: true })
  }
}

const CLIENTS = [
  ['azure', 'SecretClient'],
  ['azure', 'KeyClient'],
  ['azure', 'CryptographyClient'],
  ['azure', 'CertificateClient'],
  ['alibaba', 'KmsClient'],
  ['cache', 'SecretCache'],
  ['cache', 'KeyCache'],
  ['cache', 'ReferenceResolver'],
] as const

const ACTION_PAGES = 'https://api.alibabacloud.com/document/Kms/2016-01-20/'
const ACTIONS: ReadonlySet<string> = new Set([...KMS_ACTIONS, 'overview'])

/** Where something of a service is written down: pages of its vendor. */
const PAGES = [
  'https://learn.microsoft.com/rest/api/keyvault/',
  'https://learn.microsoft.com/azure/',
  'https://learn.microsoft.com/javascript/api/@azure/',
  'https://api.alibabacloud.com/document/Sts/2015-04-01/',
  'https://help.aliyun.com/document_detail/',
  'https://www.npmjs.com/package/@alicloud/',
  'https://github.com/aliyun/',
]

/** Whether a text names a source: a page of a vendor, or the section of an RFC. */
function isSource(text: string): boolean {
  if (text.startsWith(ACTION_PAGES)) return ACTIONS.has(text.slice(ACTION_PAGES.length))
  return PAGES.some((page) => text.startsWith(page)) || /^RFC \d+ §[\d.]+$/.test(text)
}

/** The methods of the clients that do not say how they fail, or where that is from. */
function withoutErrorOrSource(model: ApiSymbol): readonly string[] {
  const errors = new Set([...errorClasses(model), 'TypeError', 'RangeError'])
  return CLIENTS.flatMap(([module, client]) => {
    const methods = (symbolAt(model, module, client).children ?? []).flatMap((member) =>
      member.name === 'constructor'
        ? []
        : signaturesOf(member).map((signature) => [member.name, signature] as const),
    )
    assert.notEqual(methods.length, 0, client)
    return methods
      .filter(([, signature]) => {
        // What forgets asks nobody, and cannot fail.
        if (['void', 'boolean'].includes(signature.type?.name ?? '')) return false
        const thrown = tagged(signature, '@throws').map((text) => /^\w+/.exec(text)?.[0] ?? '')
        const sources = tagged(signature, '@see')
        const isNamed = thrown.length > 0 && thrown.every((name) => errors.has(name))
        return !isNamed || sources.length === 0 || !sources.every(isSource)
      })
      .map(([name]) => `${client}.${name}`)
  })
}

/** Files whose types are a service's, or another's that this library takes as they are. */
const FOREIGN = [
  /^src\/alibaba\/actions\//,
  /^src\/azure\/(?:[a-z-]+-models|key-options|object-[a-z]+)\.ts$/,
  /^src\/azure\/(?:algorithms|known-values|token-credential)\.ts$/,
  /^src\/azure\/credentials\/[a-z-]+-credential\.ts$/,
  /^src\/cache\/key-vault-reference\.ts$/,
]

/** What of a service is described without saying where that is from. */
function withoutSource(model: ApiSymbol): readonly string[] {
  const foreign = exportsOf(model).filter(
    // How a credential is made is this library's, what it asks is not.
    ([path, { name }]) =>
      FOREIGN.some((pattern) => pattern.test(path)) &&
      (!path.includes('/credentials/') || name.endsWith('Credential')),
  )
  assert.notEqual(foreign.length, 0)
  return foreign
    .filter(([, symbol]) => {
      // Every action is a method, which says its page; some types are nothing but methods.
      if (/Actions$|^KmsActionMethods$/.test(symbol.name)) return false
      const [, action = ''] = /^What (\w+) (?:is asked|answers)\.$/.exec(summaryOf(symbol)) ?? []
      if (ACTIONS.has(action) || /RFC \d+/.test(summaryOf(symbol))) return false
      const described = signaturesOf(symbol)[0] ?? symbol
      return !tagged(described, '@see').some(isSource)
    })
    .map(([, { name }]) => name)
}

const UNIT = new RegExp(
  '\\b(?:milliseconds?|seconds?|days?|months?|octets?|GB|bits?|items?|objects?|keys?|VPCs|' +
    'HTTP status)\\b',
  'i',
)

/** The numbers that do not say what they count; a range does too where it is no time or size. */
function withoutUnit(model: ApiSymbol): readonly string[] {
  const numbers = [...membersOf(model)].filter(([, { type }]) => isNumeric(type))
  assert.notEqual(numbers.length, 0)
  return numbers
    .filter(([, symbol]) => {
      const text = summaryOf(symbol)
      const isMeasure = /(?:Ms|Timestamp|Seconds|Months|Days|Bytes|Size|Timeout|Period)$/.test(symbol.name)
      return !UNIT.test(text) && (isMeasure || !/\d/.test(text))
    })
    .map(([path]) => path)
}

describe('the pages of the interface', () => {
  const { status, output, model } = readInterface()

  it('have every public symbol and member with a description, and no link leads nowhere', () => {
    assert.equal(status, 0, output)
  })

  it('say for each method of a client how it fails, and where that is written', () => {
    assert.deepEqual(withoutErrorOrSource(model), [])
  })

  it('say of each type of a service where it is written', () => {
    assert.deepEqual(withoutSource(model), [])
  })

  it('say of each number what it counts, or how far it goes', () => {
    assert.deepEqual(withoutUnit(model), [])
  })

  it('are not passed over where a comment is missing, or names no error, source or unit', () => {
    const changes: readonly (readonly [path: readonly string[], text: string])[] = [
      [['azure', 'SecretClient', 'getSecret'], 'Reads a version.'],
      [['alibaba', 'KmsClient', 'encrypt'], 'Encrypts a text.'],
      [['azure', 'RetryOptions', 'retryDelayInMs'], 'The longest first wait.'],
      [['azure', 'KeyVaultSecret', 'value'], 'A value.'],
      [['azure', 'KeyVaultSecret'], 'A secret.'],
    ]
    const changed = structuredClone(model)
    for (const [path, text] of changes) {
      const member = symbolAt(changed, ...path)
      for (const symbol of [member, ...signaturesOf(member)]) {
        symbol.comment = { summary: [{ text }] }
      }
    }
    assert.deepEqual(withoutErrorOrSource(changed), ['SecretClient.getSecret', 'KmsClient.encrypt'])
    assert.deepEqual(withoutSource(changed), ['KeyVaultSecret'])
    assert.deepEqual(withoutUnit(changed), ['azure.RetryOptions.retryDelayInMs'])
  })
})
