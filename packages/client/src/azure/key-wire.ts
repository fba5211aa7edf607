import { decodeBase64, encodeBase64, encodeBase64url } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import { fromEpochSeconds } from '../core/epoch-seconds.ts'
import type { KeyCurveName, KeyKind } from './algorithms.ts'
import type {
  DeletedKey,
  JsonWebKey,
  KeyAttestation,
  KeyOperation,
  KeyProperties,
  KeyReleasePolicy,
  KeyRotationLifetimeAction,
  KeyRotationPolicy,
  KeyRotationPolicyProperties,
  KeyType,
  KeyVaultKey,
} from './key-models.ts'
import { answeredId } from './object-id.ts'
import {
  deletionProperties,
  objectProperties,
  type Tags,
  type WireAttributes,
  type WireDeletion,
} from './object-properties.ts'

const NUMBERS = ['n', 'e', 'x', 'y', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'k'] as const

type WireJsonWebKey = {
  readonly kid?: string
  readonly kty?: KeyType
  readonly crv?: KeyCurveName
  readonly key_ops?: readonly KeyOperation[]
  readonly key_hsm?: string
} & { readonly [Name in (typeof NUMBERS)[number]]?: string }

interface WireReleasePolicy {
  readonly contentType?: string
  readonly data?: string
  readonly immutable?: boolean
}

interface WireKeyAttributes extends WireAttributes {
  readonly exportable?: boolean
  readonly hsmPlatform?: string
  readonly attestation?: Readonly<Record<string, string>>
}

/** What the wire says of a key in a listing. */
export interface WireKeyItem extends WireDeletion {
  readonly kid?: string
  readonly attributes?: WireKeyAttributes
  readonly tags?: Tags
  readonly managed?: boolean
}

/** A key on the wire. */
export interface WireKey extends WireKeyItem {
  readonly key?: WireJsonWebKey
  readonly release_policy?: WireReleasePolicy
}

/** What the wire says of a key beside its material. */
export function keyProperties(wire: WireKeyItem & Pick<WireKey, 'release_policy'>): KeyProperties {
  const { kid, attributes = {}, tags, managed, release_policy: policy } = wire
  const { exportable, hsmPlatform, attestation } = attributes
  return {
    ...objectProperties(answeredId(kid, /keys$/), kid, attributes, tags),
    ...defined({
      managed,
      exportable,
      hsmPlatform,
      releasePolicy: policy && releasePolicy(policy),
      attestation: attestation && keyAttestation(attestation),
    }),
  }
}

/** A key of the wire. */
export function keyVaultKey<Kind extends KeyKind = KeyKind>(wire: WireKey): KeyVaultKey<Kind> {
  const { key = {} } = wire
  const properties = keyProperties({ ...wire, ...defined({ kid: key.kid }) })
  const { kty, key_ops: keyOperations } = key
  const result: KeyVaultKey = {
    name: properties.name,
    key: jsonWebKey(key),
    properties,
    ...defined({ id: key.kid, keyType: kty, keyOperations, kind: kindOf(key) }),
  }
  // The caller knows the kind by what it has asked for.
  return result as KeyVaultKey<Kind>
}

/** A deleted key of the wire. */
export function deletedKey(wire: WireKey): DeletedKey {
  const key = keyVaultKey(wire)
  return { ...key, properties: { ...key.properties, ...deletionProperties(wire) } }
}

/** A deleted key of a listing, which has no material. */
export function deletedKeyItem(wire: WireKeyItem): DeletedKey {
  const properties = { ...keyProperties(wire), ...deletionProperties(wire) }
  const id = defined({ id: wire.kid })
  return { name: properties.name, ...id, key: defined({ kid: wire.kid }), properties }
}

/** What decides about a key's algorithms; `undefined` when it is not known. */
export function kindOf(key: {
  readonly kty?: KeyType
  readonly crv?: KeyCurveName
}): KeyKind | undefined {
  if (key.kty === 'RSA' || key.kty === 'RSA-HSM') return 'RSA'
  if (key.kty === 'oct' || key.kty === 'oct-HSM') return 'oct'
  return key.crv
}

function jsonWebKey(wire: WireJsonWebKey): JsonWebKey {
  const { kid, kty, crv, key_ops: keyOps, key_hsm: wrapped } = wire
  const t = wrapped === undefined ? undefined : decodeBase64(wrapped)
  return { ...defined({ kid, kty, crv, keyOps, t }), ...octetsOf(wire) }
}

function octetsOf(wire: WireJsonWebKey): JsonWebKey {
  const numbers = NUMBERS.flatMap((name) => {
    const text = wire[name]
    return text === undefined ? [] : [[name, decodeBase64(text)] as const]
  })
  return Object.fromEntries(numbers)
}

/** A key as the wire has it. */
export function toWireKey(key: JsonWebKey): object {
  const numbers = NUMBERS.flatMap((name) => {
    const octets = key[name]
    return octets === undefined ? [] : [[name, encodeBase64url(octets)] as const]
  })
  const { kid, kty, crv, keyOps, t } = key
  const wrapped = t && encodeBase64(t)
  const rest = defined({ kid, kty, crv, key_ops: keyOps, key_hsm: wrapped })
  return { ...rest, ...Object.fromEntries(numbers) }
}

function releasePolicy({ contentType, data, immutable }: WireReleasePolicy): KeyReleasePolicy {
  const encodedPolicy = data === undefined ? undefined : decodeBase64(data)
  return defined({ contentType, encodedPolicy, immutable })
}

/** A release policy as the wire has it. */
export function toWireReleasePolicy(policy: KeyReleasePolicy | undefined): object | undefined {
  if (policy === undefined) return undefined
  const { contentType, encodedPolicy, immutable } = policy
  return defined({ contentType, data: encodedPolicy && encodeBase64url(encodedPolicy), immutable })
}

function keyAttestation(wire: Readonly<Record<string, string>>): KeyAttestation {
  const octets = (name: string): Uint8Array | undefined => {
    const text = wire[name]
    return text === undefined ? undefined : decodeBase64(text)
  }
  return defined({
    certificatePemFile: octets('certificatePemFile'),
    privateKeyAttestation: octets('privateKeyAttestation'),
    publicKeyAttestation: octets('publicKeyAttestation'),
    version: wire['version'],
  })
}

/** A rotation policy on the wire. */
export interface WireRotationPolicy {
  readonly id?: string
  readonly attributes?: {
    readonly expiryTime?: string | null
    readonly created?: number
    readonly updated?: number
  }
  readonly lifetimeActions?: readonly {
    readonly action: { readonly type: string }
    readonly trigger?: {
      readonly timeAfterCreate?: string | null
      readonly timeBeforeExpiry?: string | null
    }
  }[]
}

/** A rotation policy of the wire. */
export function rotationPolicy(wire: WireRotationPolicy): KeyRotationPolicy {
  const { created, updated, expiryTime } = wire.attributes ?? {}
  const lifetimeActions = wire.lifetimeActions?.map(
    ({ action, trigger }): KeyRotationLifetimeAction => ({
      // The service compares without case.
      action: action.type.toLowerCase() === 'rotate' ? 'Rotate' : 'Notify',
      ...defined({
        timeAfterCreate: trigger?.timeAfterCreate ?? undefined,
        timeBeforeExpiry: trigger?.timeBeforeExpiry ?? undefined,
      }),
    }),
  )
  return defined({
    id: wire.id,
    createdOn: created === undefined ? undefined : fromEpochSeconds(created),
    updatedOn: updated === undefined ? undefined : fromEpochSeconds(updated),
    expiresIn: expiryTime ?? undefined,
    lifetimeActions,
  })
}

/** A rotation policy as the wire has it. */
export function toWireRotationPolicy(policy: KeyRotationPolicyProperties): object {
  const lifetimeActions = policy.lifetimeActions?.map(
    ({ action, timeAfterCreate, timeBeforeExpiry }) => ({
      action: { type: action },
      trigger: defined({ timeAfterCreate, timeBeforeExpiry }),
    }),
  )
  return { attributes: defined({ expiryTime: policy.expiresIn }), ...defined({ lifetimeActions }) }
}
