import { createPublicKey, randomBytes } from 'node:crypto'
import type { Jwk } from '../programs/jwk.ts'
import {
  type CipherCase,
  ENCRYPTION_CASES,
  SIGNATURE_CASES,
  type SignatureCase,
  WRAP_CASES,
} from '../programs/key-algorithms.ts'
import { ownKey } from '../programs/local-keys.ts'
import {
  additionalData,
  type Encrypted,
  nodeDecrypt,
  nodeEncrypt,
  nodeSign,
  nodeVerify,
  signatureInput,
} from '../programs/node-crypto.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { JsonObject } from '../server/json.ts'
import type { PlantedKeys } from '../server/plant-keys.ts'
import { type KeyUse, octetsOf, RawKeys } from '../server/raw-keys.ts'
import type { TestServer } from '../server/test-server.ts'

interface Both {
  readonly name: string
  readonly version: string
  readonly jwk: Jwk
}

/**
 * Every algorithm in both directions over bare HTTPS: the official clients encrypt, wrap and verify
 * with public keys by themselves, so that with them alone the vault would never be asked to.
 */
export async function checkRawCrypto(
  run: SuiteRun,
  server: TestServer,
  keys: PlantedKeys,
): Promise<void> {
  const client = server.client()
  const vault = new RawKeys(client, await server.token())
  const plaintext = Buffer.from(server.canary.padEnd(48, '.'))
  const imported = new Map<string, Both>()
  for (const [name, jwk] of keys) {
    const version = await vault.import(`raw-${name}`, jwk)
    imported.set(name, { name: `raw-${name}`, version, jwk })
  }
  const named = (name: string): Both => {
    const key = imported.get(name)
    if (key === undefined) throw new Error(`there is no key ${name}`)
    return key
  }
  for (const one of SIGNATURE_CASES) {
    for (const name of one.keys) {
      await run.step(`raw: ${one.algorithm} with ${name} signs and verifies as node does`, () =>
        checkSignature(vault, one, named(name), plaintext),
      )
    }
  }
  for (const one of ENCRYPTION_CASES) {
    for (const name of one.keys) {
      await run.step(`raw: ${one.algorithm} with ${name} encrypts and decrypts as node does`, () =>
        checkCipher(vault, one, named(name), plaintext, ['encrypt', 'decrypt']),
      )
    }
  }
  for (const one of WRAP_CASES) {
    for (const name of one.keys) {
      await run.step(`raw: ${one.algorithm} with ${name} wraps and unwraps as node does`, () =>
        checkCipher(vault, one, named(name), plaintext, ['wrapkey', 'unwrapkey']),
      )
    }
  }
  client.close()
}

async function checkSignature(
  vault: RawKeys,
  one: SignatureCase,
  { name, version, jwk }: Both,
  message: Buffer,
): Promise<void> {
  const { algorithm: alg } = one
  const digest = signatureInput(one, message)
  const signed = await vault.use(name, version, 'sign', { alg, value: digest })
  const signature = octetsOf(signed, 'value')
  if (!nodeVerify(one, publicKey(jwk), message, signature)) {
    throw new Error('node:crypto does not verify what the vault has signed')
  }
  const verified = async (value: Buffer, other = digest): Promise<unknown> =>
    (await vault.use(name, version, 'verify', { alg, digest: other, value }))['value']
  if ((await verified(signature)) !== true) throw new Error('the vault refuses its own signature')
  const foreign = nodeSign(one, ownKey(jwk), message)
  if ((await verified(foreign)) !== true) throw new Error('the vault refuses what node has signed')
  const wrong: Readonly<Record<string, Buffer>> = {
    'a changed signature': withLastBitChanged(foreign),
    'a cut signature': foreign.subarray(1),
    'a signature that is too long': Buffer.concat([foreign, Buffer.alloc(1)]),
    'nothing but zeros': Buffer.alloc(foreign.length),
  }
  for (const [what, value] of Object.entries(wrong)) {
    if ((await verified(value)) !== false) throw new Error(`the vault does not say false to ${what}`)
  }
  if ((await verified(foreign, randomBytes(digest.length))) !== false) {
    throw new Error('the vault does not say false to the signature of something else')
  }
}

async function checkCipher(
  vault: RawKeys,
  one: CipherCase,
  { name, version, jwk }: Both,
  plaintext: Buffer,
  [forth, back]: readonly [KeyUse, KeyUse],
): Promise<void> {
  const { algorithm: alg, scheme } = one
  const aad = additionalData(one)
  const sent: JsonObject = {
    alg,
    value: plaintext,
    ...(aad === undefined ? {} : { aad }),
    ...(scheme.startsWith('CBC') ? { iv: randomBytes(16) } : {}),
  }
  const made = encryptedIn(await vault.use(name, version, forth, sent))
  if (!nodeDecrypt(one, ownKey(jwk), { ...made, ...(aad === undefined ? {} : { aad }) }).equals(plaintext)) {
    throw new Error('node:crypto opens something else')
  }
  for (const encrypted of [made, nodeEncrypt(one, publicKey(jwk), plaintext)]) {
    const { ciphertext: value, ...more } = encrypted
    const opened = await vault.use(name, version, back, {
      alg,
      value,
      ...more,
      ...(aad === undefined ? {} : { aad }),
    })
    if (!octetsOf(opened, 'value').equals(plaintext)) throw new Error('the vault opens something else')
  }
}

function encryptedIn(answer: JsonObject): Encrypted {
  const octets = (['iv', 'tag'] as const).flatMap((name) =>
    answer[name] === undefined ? [] : [[name, octetsOf(answer, name)] as const],
  )
  return { ciphertext: octetsOf(answer, 'value'), ...Object.fromEntries(octets) }
}

function publicKey(jwk: Jwk): ReturnType<typeof ownKey> {
  const own = ownKey(jwk)
  return own.type === 'secret' ? own : createPublicKey(own)
}

function withLastBitChanged(octets: Buffer): Buffer {
  const changed = Buffer.from(octets)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  return changed
}
