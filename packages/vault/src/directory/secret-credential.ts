import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { Fault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandDisplayName } from './credential-name.ts'
import {
  credentialHashKey,
  credentialKey,
  type Credential,
  type SecretCredential,
} from './credential.ts'

// 320 bits; the three characters of the hint give 18 of them away.
const SECRET_BYTES = 40
const HASH_KEY_BYTES = 32
const HINT_CHARACTERS = 3

export interface NewSecretCredential {
  readonly displayName: string
  readonly now: EpochSeconds
  /** Absent: never expires. */
  readonly expiresAt?: EpochSeconds
}

/**
 * Makes a secret for a principal and puts its hash into the unit of work; the secret itself is kept
 * nowhere and can be shown once. The caller touches the epoch.
 * @throws Fault InvalidInput
 */
export async function putSecretCredential(
  unit: UnitOfWork,
  tenant: string,
  principal: string,
  { displayName, now, expiresAt }: NewSecretCredential,
): Promise<{ readonly credential: SecretCredential; readonly secret: Secret }> {
  demandDisplayName(displayName)
  if (expiresAt !== undefined && !(Number.isSafeInteger(expiresAt) && expiresAt > now)) {
    throw new Fault('InvalidInput', {
      property: 'expiresAt',
      reason: 'it must be a time to come, in whole seconds',
    })
  }
  const text = mintText()
  const secret = Secret.fromText(text)
  const credential: SecretCredential = {
    kind: 'secret',
    id: randomUUID(),
    displayName,
    createdAt: now,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    hash: hashOf(await readOrMakeHashKey(unit, tenant), secret).toString('base64url'),
    hint: text.slice(0, HINT_CHARACTERS),
  }
  const key = credentialKey(tenant, principal, credential.id)
  await unit.get(key)
  unit.put<Credential>(key, { meta: credential })
  return { credential, secret }
}

/**
 * The secret credential that this secret belongs to, expired ones too. Every candidate is compared,
 * and once at least, so that the time taken tells neither which one it was nor whether there was
 * any.
 */
export function matchingSecret(
  hashKey: Secret,
  candidates: readonly Credential[],
  presented: Secret,
): SecretCredential | undefined {
  const hash = hashOf(hashKey, presented)
  let found: SecretCredential | undefined
  timingSafeEqual(hash, hash)
  for (const credential of candidates) {
    if (credential.kind !== 'secret') continue
    const known = Buffer.from(credential.hash, 'base64url')
    if (known.byteLength === hash.byteLength && timingSafeEqual(known, hash)) found = credential
  }
  return found
}

/**
 * The key under which a tenant's secrets are hashed; a throw-away one before there is any secret.
 */
export async function readHashKey(unit: UnitOfWork, tenant: string): Promise<Secret> {
  const kept = await unit.get(credentialHashKey(tenant))
  return kept?.secret ?? new Secret(randomBytes(HASH_KEY_BYTES))
}

/** A unit of work does not read what it is about to write, and two secrets may share one unit. */
const made = new WeakMap<UnitOfWork, Map<string, Secret>>()

async function readOrMakeHashKey(unit: UnitOfWork, tenant: string): Promise<Secret> {
  const key = credentialHashKey(tenant)
  const kept = made.get(unit)?.get(tenant) ?? (await unit.get(key))?.secret
  if (kept !== undefined) return kept
  const secret = new Secret(randomBytes(HASH_KEY_BYTES))
  unit.put(key, { meta: {}, secret })
  const ofUnit = made.get(unit) ?? new Map<string, Secret>()
  made.set(unit, ofUnit.set(tenant, secret))
  return secret
}

function hashOf(hashKey: Secret, secret: Secret): Buffer {
  return createHmac('sha256', hashKey.reveal()).update(secret.reveal()).digest()
}

/** Never starts with `-`, which command lines would take for an option. */
function mintText(): string {
  for (;;) {
    const text = randomBytes(SECRET_BYTES).toString('base64url')
    if (!text.startsWith('-')) return text
  }
}
