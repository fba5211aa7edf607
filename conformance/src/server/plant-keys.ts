import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Jwk } from '../programs/jwk.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { TestServer } from './test-server.ts'

/** Keys made outside the vault, by name: `RSA-2048`, `EC-P-256K`, `OKP-Ed25519`, `oct-512`. */
export type PlantedKeys = ReadonlyMap<string, Jwk>

const RSA_BITS = [2048, 3072, 4096]
/** By their names at this wire and in JOSE. */
const CURVES = { 'P-256': 'P-256', 'P-384': 'P-384', 'P-521': 'P-521', 'P-256K': 'secp256k1' }
const OCT_BITS = [128, 192, 256, 384, 512]
const ALL_OPERATIONS = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
/** What must not be readable anywhere. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'] as const

const generate = promisify(generateKeyPair)

/** Makes a key of every kind that can be imported. */
export async function makeKeys(): Promise<PlantedKeys> {
  const rsa = RSA_BITS.map(async (modulusLength) => {
    const { privateKey } = await generate('rsa', { modulusLength })
    return [`RSA-${modulusLength}`, jwkOf(privateKey)] as const
  })
  const ec = Object.entries(CURVES).map(async ([name, namedCurve]) => {
    const { privateKey } = await generate('ec', { namedCurve })
    return [`EC-${name}`, jwkOf(privateKey)] as const
  })
  const { privateKey } = await generate('ed25519', {})
  const oct = OCT_BITS.map((bits): readonly [string, Jwk] => {
    const k = randomBytes(bits / 8).toString('base64url')
    // AES sizes are for ciphers unless the maker says more, and HMAC is tried with them too.
    return [`oct-${bits}`, { kty: 'oct', k, key_ops: ALL_OPERATIONS }]
  })
  const asymmetric = await Promise.all([...rsa, ...ec])
  return new Map<string, Jwk>([...asymmetric, ['OKP-Ed25519', jwkOf(privateKey)], ...oct])
}

/** Names the private numbers of a key, so that they are looked for when the server has ended. */
export function plantKey(server: TestServer, name: string, jwk: Jwk): void {
  for (const member of PRIVATE) {
    const octets = Buffer.from(jwk[member] ?? '', 'base64url')
    // A published key may be all zeros, which stand everywhere.
    if (new Set(octets).size >= 8) server.plant(`${member} of ${name}`, octets)
  }
}

/** Makes keys, plants them, and writes them to a file for client programs. */
export async function plantKeys(
  run: SuiteRun,
  server: TestServer,
): Promise<{ readonly keys: PlantedKeys; readonly file: string }> {
  const keys = await makeKeys()
  for (const [name, jwk] of keys) plantKey(server, name, jwk)
  const file = join(run.folder, `local-keys-${randomBytes(4).toString('hex')}.json`)
  writeFileSync(file, JSON.stringify(Object.fromEntries(keys)), { mode: 0o600 })
  return { keys, file }
}

function jwkOf(key: KeyObject): Jwk {
  // RFC 7517 §4.1: every JWK has a type; the members are texts.
  return key.export({ format: 'jwk' }) as Jwk
}
