import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { textOf } from '../server/json.ts'
import type { TestServer } from '../server/test-server.ts'

/** An application that may do everything with the secrets of the vault `default`. */
export interface Application {
  readonly clientId: string
}

const ISSUER = 'https://issuer.example'
const SUBJECT = 'system:serviceaccount:default:conformance'
const AUDIENCE = 'api://AzureADTokenExchange'
const KEY_ID = 'conformance'

/** Creates one through the admin command and gives it rights. */
export async function newApplication(run: SuiteRun, server: TestServer): Promise<Application> {
  const clientId = textOf(await admin(run, server, ['app', 'create', 'conformance']), 'appId')
  if (clientId === '') throw new Error('app create printed no appId')
  await admin(run, server, [
    'role-assignment', 'create', '--assignee', clientId,
    '--role', 'Key Vault Administrator', '--vault', 'default',
  ])
  return { clientId }
}

/** Gives the application a new certificate; the file holds it with its key, as the SDKs want. */
export async function addCertificate(
  run: SuiteRun,
  server: TestServer,
  { clientId }: Application,
): Promise<string> {
  const { openssl } = run.machine
  if ('missing' in openssl) throw new Error(openssl.missing)
  const key = join(run.folder, 'client.key')
  const certificate = join(run.folder, 'client.crt')
  const made = await runProgram(
    openssl.path,
    [
      'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=conformance',
      '-keyout', key, '-out', certificate,
    ],
    { cwd: run.folder, env: cleanEnvironment(run.folder), limitSeconds: 30 },
  )
  if (made.code !== 0) throw new Error(made.errors)
  await admin(run, server, ['app', 'certificate', 'add', clientId, certificate])
  const both = join(run.folder, `client-${randomUUID()}.pem`)
  const text = readFileSync(key, 'utf8') + readFileSync(certificate, 'utf8')
  writeFileSync(both, text, { mode: 0o600 })
  return both
}

/** Makes the application trust a token such as Kubernetes mounts; gives the file that has it. */
export async function addFederation(
  run: SuiteRun,
  server: TestServer,
  { clientId }: Application,
): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }
  const jwks = join(run.folder, 'issuer.jwks.json')
  writeFileSync(jwks, JSON.stringify({ keys: [jwk] }))
  await admin(run, server, [
    'app', 'federated', 'add', clientId, '--issuer', ISSUER, '--subject', SUBJECT,
    '--audience', AUDIENCE, '--jwks-file', jwks,
  ])
  const file = join(run.folder, 'federated-token')
  writeFileSync(file, assertion(privateKey), { mode: 0o600 })
  return file
}

/** RFC 7519, signed as RFC 7518 §3.3 says. */
function assertion(key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'RS256', typ: 'JWT', kid: KEY_ID }
  const claims = { iss: ISSUER, sub: SUBJECT, aud: AUDIENCE, iat: now, nbf: now, exp: now + 3600 }
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)))
  const signed = parts.map((part) => part.toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`
}
