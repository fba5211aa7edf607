import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from '../machine/command.ts'
import { OpensslPki } from '../pki/openssl-pki.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import type { TestServer } from '../server/test-server.ts'

type Ask = (method: string, path: string, body?: unknown) => Promise<JsonObject>

const ROOT = 'own-root'
const CA = 'own-ca'
const LEAF = 'below-own'
const POLLS = 50
const POLL_MS = 100

const KEY = { kty: 'EC', crv: 'P-256' }
const PEM = { contentType: 'application/x-pem-file' }
/** No official client has a member for the constraints. */
const CA_POLICY = {
  issuer: { name: 'Unknown' },
  key_props: { ...KEY, exportable: false },
  secret_props: PEM,
  x509_props: {
    subject: 'CN=our authority',
    key_usage: ['keyCertSign', 'cRLSign'],
    ekus: [],
    basic_constraints: { ca: true, path_len_constraint: 0 },
  },
}
const LEAF_POLICY = {
  issuer: { name: 'own' },
  key_props: KEY,
  secret_props: PEM,
  x509_props: { subject: 'CN=localhost', sans: { dns_names: ['localhost'] } },
}

/** An authority in the vault below a root that its owner keeps elsewhere, here openssl's. */
export async function checkOwnRoot(
  run: SuiteRun,
  server: TestServer,
  openssl: Command,
  folder: string,
): Promise<void> {
  const client = server.client()
  const token = await server.token()
  const ask: Ask = async (method, path, body) => {
    const answer = await client.send(method, `${path}?api-version=7.6`, { token, body })
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
    return objectOf(JSON.parse(answer.body))
  }
  const at = (name: string): string => join(folder, `${name}.pem`)
  await run.step('own root: its owner signs the request of an authority', async () => {
    await makeRoot(openssl, at)
    const { csr } = await ask('POST', `/certificates/${CA}/create`, { policy: CA_POLICY })
    writeFileSync(at('request'), Buffer.from(String(csr), 'base64'))
    // What the request says of itself is what the certificate says.
    await openssl(
      'x509', '-req', '-in', at('request'), '-inform', 'DER', '-days', '300',
      '-copy_extensions', 'copyall', '-CA', at(ROOT), '-CAkey', at('own-key'), '-out', at(CA),
    )
    const der = (await openssl('x509', '-in', at(CA), '-outform', 'PEM')).output
    const x5c = [new X509Certificate(der).raw.toString('base64')]
    await ask('POST', `/certificates/${CA}/pending/merge`, { x5c })
  })
  await run.step('own root: an issuer takes that authority', async () => {
    const issuer = { provider: 'claviger', credentials: { account_id: CA } }
    await ask('PUT', '/certificates/issuers/own', issuer)
  })
  await run.step('own root: a certificate is issued by it', async () => {
    await ask('POST', `/certificates/${LEAF}/create`, { policy: LEAF_POLICY })
    await untilCompleted(ask)
    writeFileSync(at(LEAF), textOf(await ask('GET', `/secrets/${LEAF}`), 'value'))
  })
  client.close()
  const authority = new OpensslPki(openssl, folder, { root: ROOT, ca: CA })
  await run.step('own root: who trusts that root trusts the certificate', () =>
    authority.demandChain(LEAF, '-purpose', 'sslserver', '-verify_hostname', 'localhost'),
  )
  await run.step('own root: list and OCSP of the authority are its own', async () => {
    // Its own certificate is on the owner's list, which is not published here.
    await authority.fetchList(LEAF)
    const status = await authority.askByPost(LEAF)
    if (status !== 'good') throw new Error(`It is ${status}.`)
  })
}

async function makeRoot(openssl: Command, at: (name: string) => string): Promise<void> {
  await openssl(
    'req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
    '-days', '300', '-subj', '/CN=our root', '-addext', 'keyUsage=critical,keyCertSign,cRLSign',
    '-keyout', at('own-key'), '-out', at(ROOT),
  )
}

/** @throws Error with the error of the operation. */
async function untilCompleted(ask: Ask): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    const operation = await ask('GET', `/certificates/${LEAF}/pending`)
    const status = textOf(operation, 'status')
    if (status === 'completed') return
    if (status !== 'inProgress') throw new Error(JSON.stringify(operation))
    await sleep(POLL_MS)
  }
  throw new Error('The operation does not come to its end.')
}
