import {
  certificateKey,
  deletedCertificateKey,
  type CertificateHead,
} from '../certificates/certificate.ts'
import { deletedKeyKey, keyKey, type KeyHead } from '../keys/key.ts'
import type { KeyUse } from '../keys/key-operations.ts'
import { DATED_USES, LEEWAY_SECONDS } from '../keys/usable-key.ts'
import { isObjectName } from '../object-name.ts'
import { deletedSecretKey, secretKey, type SecretHead } from '../secrets/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

export type ObjectState = 'absent' | 'deleted' | 'disabled' | 'expired' | 'live' | 'notYetValid'

const PLACES = {
  keys: { live: keyKey, deleted: deletedKeyKey },
  secrets: { live: secretKey, deleted: deletedSecretKey },
  certificates: { live: certificateKey, deleted: deletedCertificateKey },
} as const

/** What makes the object that it names, or needs none. */
const MAKING = ['create', 'import', 'restore', 'setSecret']
const OF_DELETED = ['recover', 'purge']
const USES: ReadonlyMap<string, KeyUse> = new Map([
  ['encrypt', 'encrypt'],
  ['decrypt', 'decrypt'],
  ['sign', 'sign'],
  ['verify', 'verify'],
  ['wrap', 'wrapKey'],
  ['unwrap', 'unwrapKey'],
])

/** The object that an action is about, and whether it can be done on it as it is. */
export interface FoundState {
  readonly state: ObjectState
  readonly blocks: boolean
}

/**
 * Looks whether the state of an object forbids what access would allow.
 * @param object as a scope names it, such as `keys/name`.
 * @returns `undefined` for what is no object.
 */
export async function objectState(
  unit: UnitOfWork,
  vault: VaultRecord,
  object: string,
  action: string,
  now: EpochSeconds,
): Promise<FoundState | undefined> {
  const [collection = '', name = ''] = object.split('/')
  const kind = collection.toLowerCase()
  if (!isCollection(kind) || !isObjectName(name)) return undefined
  const { live, deleted } = PLACES[kind]
  const [head, gone] = await unit.getMany<KeyHead | SecretHead | CertificateHead>([
    live(vault, name),
    deleted(vault, name),
  ])
  const verb = verbOf(action)
  if (head === undefined) {
    const state = gone === undefined ? 'absent' : 'deleted'
    const isFit = state === 'deleted' ? OF_DELETED.includes(verb) : MAKING.includes(verb)
    return { state, blocks: !isFit }
  }
  const state = stateOf(head.meta.current, now)
  return { state, blocks: OF_DELETED.includes(verb) || isBlocked(kind, verb, state) }
}

/** `getSecret` of `…/secrets/getSecret/action`. */
function verbOf(action: string): string {
  return action.replace(/\/action$/i, '').split('/').at(-1) ?? ''
}

function stateOf(
  { enabled, notBefore, expires }: {
    readonly enabled: boolean
    readonly notBefore?: EpochSeconds
    readonly expires?: EpochSeconds
  },
  now: EpochSeconds,
): ObjectState {
  if (!enabled) return 'disabled'
  if (notBefore !== undefined && now + LEEWAY_SECONDS < notBefore) return 'notYetValid'
  return expires !== undefined && now - LEEWAY_SECONDS >= expires ? 'expired' : 'live'
}

/** Dates rule the use of keys alone; of secrets and certificates they only inform. */
function isBlocked(kind: keyof typeof PLACES, verb: string, state: ObjectState): boolean {
  if (kind === 'secrets') return state === 'disabled' && verb === 'getSecret'
  const use = kind === 'keys' ? USES.get(verb) : undefined
  if (use === undefined) return false
  return state === 'disabled' || (state !== 'live' && DATED_USES.includes(use))
}

function isCollection(kind: string): kind is keyof typeof PLACES {
  return Object.hasOwn(PLACES, kind)
}
