import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { MemoryVault, type SeenRequest } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory, VAULT_URL } from '../testing/run-in-memory.ts'

const folder = mkdtempSync(join(tmpdir(), 'claviger-certificate-'))
after(() => rmSync(folder, { recursive: true }))

const POLICY = '{"issuerParameters":{"name":"Unknown"},"x509CertificateProperties":{"subject":"CN=site"}}'
const ISSUER = {
  id: `${VAULT_URL}/certificates/issuers/acme`,
  provider: 'ACME',
  credentials: { account_id: 'account' },
  org_details: { id: 'org', admin_details: [{ email: 'a@example.com', first_name: 'Ann' }] },
  attributes: { enabled: true, created: 1_700_000_000, updated: 1_700_000_000 },
}

const pending = (issuer: string, status = 'inProgress'): object => ({
  id: `${VAULT_URL}/certificates/site/pending`,
  issuer: { name: issuer },
  csr: Buffer.from('request').toString('base64'),
  status,
  status_details: 'it waits',
})
const bundle = {
  id: `${VAULT_URL}/certificates/site/0123456789abcdef0123456789abcdef`,
  attributes: { enabled: true, created: 1_700_000_000, updated: 1_700_000_000 },
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Runs a command line against a vault that answers by method and path. */
async function run(
  argv: readonly string[],
  answers: Readonly<Record<string, unknown>>,
  stdin?: string,
): Promise<CliResult & { readonly seen: readonly SeenRequest[]; readonly asked: readonly string[] }> {
  const asked: string[] = []
  const vault = new MemoryVault(({ method, url }): Answer => {
    const line = `${method} ${url.pathname}`
    asked.push(line)
    const body = answers[line]
    const error = { code: 'NotFound', message: `${line} is not there` }
    return body === undefined ? { status: 404, body: { error } } : { status: 200, body }
  })
  const given = { workingDirectory: folder, ...(stdin === undefined ? {} : { stdin }) }
  const result = await runInMemory(['certificate', ...argv], vault, given)
  return { ...result, seen: vault.seen, asked }
}

const parsed = ({ output }: CliResult): unknown => JSON.parse(output)
const bodyOf = (seen: readonly SeenRequest[], at: number): unknown =>
  JSON.parse(seen[at]?.body ?? '')

describe('claviger certificate create', () => {
  it('gives the request at once when somebody outside signs', async () => {
    const answers = {
      'POST /certificates/site/create': pending('Unknown'),
      'GET /certificates/site/pending': pending('Unknown'),
    }
    const result = await run(['create', '-n', 'site', '-p', POLICY, '--validity', '7'], answers)
    assert.equal(result.code, 0, result.errors)
    const { csr, status } = parsed(result) as { csr: string; status: string }
    assert.deepEqual([csr, status], [Buffer.from('request').toString('base64'), 'inProgress'])
    const { policy } = bodyOf(result.seen, 0) as {
      policy: { x509_props: { validity_months: number } }
    }
    assert.equal(policy.x509_props.validity_months, 7)
  })

  it('does not wait when it is told not to', async () => {
    const answers = {
      'POST /certificates/site/create': pending('acme'),
      'GET /certificates/site/pending': pending('acme'),
    }
    const result = await run(['create', '-n', 'site', '-p', '-', '--no-wait', '-o', 'table'], answers, POLICY)
    assert.equal(result.code, 0, result.errors)
    assert.match(result.output, /State +inProgress\nDetails +it waits\nIssuer +acme\n/)
  })

  it('asks nothing for a policy that names nobody', async () => {
    const result = await run(['create', '-n', 'site', '-p', '{"issuerParameters":{}}'], {})
    assert.deepEqual([result.code, result.asked], [2, []])
  })
})

describe('claviger certificate rotate', () => {
  const policy = {
    key_props: { kty: 'EC', crv: 'P-256', reuse_key: false, exportable: true },
    x509_props: { subject: 'CN=site', validity_months: 12 },
    issuer: { name: 'Self' },
  }
  const answersOf = (issuer: string, status: string): Readonly<Record<string, unknown>> => ({
    'GET /certificates/site/': { ...bundle, policy, tags: { team: 'web' } },
    'GET /certificates/site/policy': policy,
    'POST /certificates/site/create': pending(issuer, status),
    'GET /certificates/site/pending': pending(issuer, status),
  })

  it('makes a new version by the policy of the certificate, and keeps its tags', async () => {
    const result = await run(['rotate', '-n', 'site'], answersOf('Self', 'completed'))
    assert.equal(result.code, 0, result.errors)
    assert.equal((parsed(result) as { id: string }).id, bundle.id)
    const at = result.asked.indexOf('POST /certificates/site/create')
    const sent = bodyOf(result.seen, at) as { policy: Record<string, object>; tags: object }
    assert.deepEqual(sent.policy['key_props'], policy.key_props)
    assert.deepEqual(sent.policy['x509_props'], policy.x509_props)
    assert.deepEqual([sent.policy['issuer'], sent.tags], [{ name: 'Self' }, { team: 'web' }])
  })

  it('does not wait when it is told not to', async () => {
    const argv = ['rotate', '-n', 'site', '--no-wait', '--query', 'status', '-o', 'tsv']
    const result = await run(argv, answersOf('acme', 'inProgress'))
    assert.deepEqual([result.code, result.output], [0, 'inProgress\n'], result.errors)
  })

  it('makes nothing of a certificate that is not there', async () => {
    const result = await run(['rotate', '-n', 'site'], {})
    assert.deepEqual([result.code, result.asked], [3, ['GET /certificates/site/']])
  })
})

describe('claviger certificate get-default-policy', () => {
  it('gives what create takes, and asks nobody', async () => {
    const policy = await run(['get-default-policy'], {})
    assert.deepEqual([policy.code, policy.asked], [0, []])
    const answers = {
      'POST /certificates/site/create': pending('Self', 'completed'),
      'GET /certificates/site/pending': pending('Self', 'completed'),
      'GET /certificates/site/': bundle,
    }
    const made = await run(['create', '-n', 'site', '-p', policy.output], answers)
    assert.equal(made.code, 0, made.errors)
    const { policy: sent } = bodyOf(made.seen, 0) as { policy: Record<string, object> }
    assert.deepEqual(sent['key_props'], { exportable: true, key_size: 2048, kty: 'RSA', reuse_key: true })
    assert.deepEqual(sent['issuer'], { name: 'Self' })
  })

  it('has more to fill in as a scaffold', async () => {
    const scaffold = parsed(await run(['get-default-policy', '--scaffold'], {})) as {
      x509CertificateProperties: Record<string, object>
    }
    assert.ok(scaffold.x509CertificateProperties['subjectAlternativeNames'])
  })
})

describe('claviger certificate set-attributes', () => {
  it('changes the policy, and what a version has beside its octets', async () => {
    const answers = {
      'PATCH /certificates/site/policy': {},
      'PATCH /certificates/site/': { ...bundle, tags: { team: 'web' } },
    }
    const argv = ['set-attributes', '-n', 'site', '--enabled', 'false', '--tags', 'team=web']
    const policy = '{"lifetimeActions":[{"action":{"actionType":"EmailContacts"},"trigger":{"lifetimePercentage":80}}]}'
    const result = await run([...argv, '-p', policy], answers)
    assert.equal(result.code, 0, result.errors)
    assert.deepEqual(result.asked, ['PATCH /certificates/site/policy', 'PATCH /certificates/site/'])
    assert.deepEqual(bodyOf(result.seen, 1), { tags: { team: 'web' }, attributes: { enabled: false } })
  })

  it('refuses both words for one thing', async () => {
    const result = await run(['set-attributes', '-n', 'site', '--enabled', '--disabled'], {})
    assert.deepEqual([result.code, result.asked], [2, []])
  })
})

describe('claviger certificate pending', () => {
  it('shows how far it is, and forgets it', async () => {
    const answers = {
      'GET /certificates/site/pending': pending('Unknown'),
      'DELETE /certificates/site/pending': pending('Unknown', 'deleted'),
    }
    const shown = await run(['pending', 'show', '-n', 'site', '--query', 'csr', '-o', 'tsv'], answers)
    assert.equal(shown.output, `${Buffer.from('request').toString('base64')}\n`)
    const gone = await run(['pending', 'delete', '-n', 'site', '--query', 'status', '-o', 'tsv'], answers)
    assert.equal(gone.output, 'deleted\n')
  })

  it('sends no file that has no certificate', async () => {
    writeFileSync(join(folder, 'wrong.pem'), 'not signed')
    const result = await run(['pending', 'merge', '-n', 'site', '-f', 'wrong.pem'], {})
    assert.deepEqual([result.code, result.asked], [2, []])
  })
})

describe('claviger certificate issuer', () => {
  it('is set with a password that only a file has, and shown without', async () => {
    writeFileSync(join(folder, 'password'), 'canary-password\n')
    const answers = { 'PUT /certificates/issuers/acme': ISSUER }
    const argv = ['issuer', 'create', '--issuer-name', 'acme', '--provider-name', 'ACME']
    const result = await run([...argv, '--account-id', 'account', '--password-file', 'password'], answers)
    assert.equal(result.code, 0, result.errors)
    assert.deepEqual(bodyOf(result.seen, 0), {
      provider: 'ACME',
      credentials: { account_id: 'account', pwd: 'canary-password' },
    })
    assert.doesNotMatch(result.output + result.errors, /canary/)
  })

  it('is set with a password that standard input has', async () => {
    const answers = { 'PUT /certificates/issuers/acme': ISSUER }
    const argv = ['issuer', 'create', '--issuer-name', 'acme', '--provider-name', 'ACME']
    const words = ['--account-id', 'account', '--password-file', '-']
    const result = await run([...argv, ...words], answers, 'canary-password\n')
    assert.deepEqual((bodyOf(result.seen, 0) as { credentials: object }).credentials, {
      account_id: 'account',
      pwd: 'canary-password',
    })
  })

  it('is shown, listed, changed and removed', async () => {
    const path = '/certificates/issuers/acme'
    const answers = {
      [`GET ${path}`]: ISSUER,
      [`PATCH ${path}`]: ISSUER,
      [`DELETE ${path}`]: ISSUER,
      'GET /certificates/issuers': { value: [{ id: ISSUER.id, provider: 'ACME' }] },
    }
    const shown = parsed(await run(['issuer', 'show', '--issuer-name', 'acme'], answers)) as {
      organizationDetails: object
    }
    assert.deepEqual(shown.organizationDetails, {
      adminDetails: [{ emailAddress: 'a@example.com', firstName: 'Ann', lastName: null, phone: null }],
      id: 'org',
    })
    const list = await run(['issuer', 'list', '-o', 'table'], answers)
    assert.equal(list.output, 'Name  Provider\n----  --------\nacme  ACME\n')
    const changed = await run(['issuer', 'update', '--issuer-name', 'acme', '--enabled', 'false'], answers)
    assert.deepEqual(bodyOf(changed.seen, 0), { attributes: { enabled: false } })
    assert.equal((await run(['issuer', 'delete', '--issuer-name', 'acme'], answers)).code, 0)
  })

  it('has people who are added and removed, each once', async () => {
    const path = '/certificates/issuers/acme'
    const answers = { [`GET ${path}`]: ISSUER, [`PATCH ${path}`]: ISSUER }
    const admin = (verb: string, ...words: string[]): ReturnType<typeof run> =>
      run(['issuer', 'admin', verb, '--issuer-name', 'acme', ...words], answers)
    assert.equal((await admin('list', '--query', '[].emailAddress', '-o', 'tsv')).output, 'a@example.com\n')
    const added = await admin('add', '--email', 'b@example.com', '--last-name', 'Bo')
    assert.deepEqual(bodyOf(added.seen, 1), {
      org_details: {
        admin_details: [
          { email: 'a@example.com', first_name: 'Ann' },
          { email: 'b@example.com', last_name: 'Bo' },
        ],
      },
    })
    assert.equal((await admin('add', '--email', 'a@example.com')).code, 6)
    const removed = await admin('delete', '--email', 'a@example.com')
    assert.deepEqual(bodyOf(removed.seen, 1), { org_details: { admin_details: [] } })
    assert.equal((await admin('delete', '--email', 'c@example.com')).code, 3)
  })
})

describe('claviger certificate contact', () => {
  const path = '/certificates/contacts'
  const one = { email: 'a@example.com', name: 'Ann' }

  it('adds the first one where there is no list yet', async () => {
    const argv = ['contact', 'add', '--email', 'a@example.com', '--name', 'Ann']
    const result = await run(argv, { [`PUT ${path}`]: { contacts: [one] } })
    assert.equal(result.code, 0, result.errors)
    assert.deepEqual(bodyOf(result.seen, 1), { contacts: [one] })
    assert.deepEqual(parsed(result), {
      contactList: [{ emailAddress: 'a@example.com', name: 'Ann', phone: null }],
      id: `${VAULT_URL}/certificates/contacts`,
    })
  })

  it('adds nobody twice, and removes nobody who is not there', async () => {
    const answers = { [`GET ${path}`]: { contacts: [one] } }
    assert.equal((await run(['contact', 'add', '--email', 'a@example.com'], answers)).code, 6)
    assert.equal((await run(['contact', 'delete', '--email', 'b@example.com'], answers)).code, 3)
  })

  it('removes the list with the last one', async () => {
    const answers = { [`GET ${path}`]: { contacts: [one] }, [`DELETE ${path}`]: { contacts: [one] } }
    const result = await run(['contact', 'delete', '--email', 'a@example.com'], answers)
    assert.deepEqual([result.code, result.asked.at(-1)], [0, `DELETE ${path}`])
  })

  it('says that there is no list', async () => {
    assert.equal((await run(['contact', 'list'], {})).code, 3)
  })
})

describe('claviger certificate list', () => {
  it('asks for what is being made when it is told to, of a vault by its id', async () => {
    const answers = { 'GET /certificates': { value: [bundle] } }
    const result = await run(['list', '--include-pending', '--id', VAULT_URL], answers)
    assert.equal(result.code, 0, result.errors)
    assert.equal(result.seen[0]?.url.searchParams.get('includePending'), 'true')
    assert.equal((await run(['list', '--id', VAULT_URL, '--vault-name', 'x'], answers)).code, 2)
  })
})
