import { timingSafeEqual } from 'node:crypto'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { demandObjectName } from '../object-name.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { auditedSecret } from './get-secret.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  type DeletedSecretHead,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import { demandValidProperties, demandValidValue } from './secret-rules.ts'
import { CURRENT, PREVIOUS, stagesOf, withStages, type Stage } from './secret-stages.ts'

const MAXIMUM_LABELLED_VERSIONS = 10
const MAXIMUM_LABEL_CHARACTERS = 64
const MAXIMUM_DESCRIPTION_CHARACTERS = 8192
const MAXIMUM_LABELLED_VALUE_BYTES = 30_720

export interface PutSecretVersionInput {
  readonly secret: SecretRef
  readonly value: Secret
  /** Names the version; putting the same value under it again changes nothing. */
  readonly label: string
  /** Where the version stands; `current` unless something else is said. */
  readonly stages?: readonly Stage[]
  readonly contentType?: string
  /** Given when a secret is made: then it must not exist, else it must. */
  readonly creation?: {
    /** The name as its maker wrote it, where names of objects do not have its characters. */
    readonly writtenName?: string
    readonly description?: string
    readonly tags?: Readonly<Record<string, string>>
  }
}

/** A version that was put, and where it stands. */
export interface PutSecretVersion {
  readonly version: SecretVersion
  readonly head: SecretHead
}

/** Makes a secret with its first version, or puts another version that its maker has named. */
export const putSecretVersion = operation<PutSecretVersionInput, PutSecretVersion>({
  name: 'SecretSet',
  permission: 'secrets/set',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.version.version),

  async run(context, input) {
    const { secret, value, label, creation } = input
    demandObjectName(secret.name)
    demandLabel(label)
    demandValidValue(value, MAXIMUM_LABELLED_VALUE_BYTES)
    const head = await readForVersion(context, secret, creation !== undefined)
    if (head === undefined) return create(context, input)
    const labelled = head.labelled?.find((one) => one.label === label)
    return labelled === undefined
      ? await add(context, head, input)
      : await again(context, head, labelled.version, input)
  },
})

/** @throws Fault ObjectInDeletedState, ObjectExists, ObjectNotFound, ObjectManaged */
async function readForVersion(
  { unit, vault }: OperationContext,
  { name }: SecretRef,
  isCreation: boolean,
): Promise<SecretHead | undefined> {
  const [found, deleted] = await unit.getMany<SecretHead | DeletedSecretHead>([
    secretKey(vault(), name),
    deletedSecretKey(vault(), name),
  ])
  if (deleted !== undefined) throw new Fault('ObjectInDeletedState', { kind: 'secret', name })
  if (isCreation) {
    if (found !== undefined) throw new Fault('ObjectExists', { kind: 'secret', name })
    return undefined
  }
  if (found === undefined) throw new Fault('ObjectNotFound', { kind: 'secret', name })
  if (found.meta.current.managed !== undefined) {
    throw new Fault('ObjectManaged', { kind: 'secret', operation: 'set' })
  }
  return found.meta
}

function create(
  { unit, vault, now }: OperationContext,
  { secret, value, label, contentType, creation = {} }: PutSecretVersionInput,
): PutSecretVersion {
  const { writtenName, description, tags } = creation
  if (description !== undefined && description.length > MAXIMUM_DESCRIPTION_CHARACTERS) {
    const reason = `it may have at most ${MAXIMUM_DESCRIPTION_CHARACTERS} characters`
    throw invalidInput('Description', reason)
  }
  const properties = {
    ...(contentType === undefined ? {} : { contentType }),
    ...(tags === undefined ? {} : { tags }),
  }
  demandValidProperties(properties)
  const version = newVersion(secret.name, now, properties)
  const head: SecretHead = {
    current: version,
    labelled: [{ label, version: version.version }],
    ...(writtenName === undefined ? {} : { writtenName }),
    ...(description === undefined ? {} : { description }),
  }
  const container = vault()
  unit.create<SecretVersion>(secretVersionKey(container, secret.name, version.version), {
    meta: version,
    secret: value,
  })
  unit.put<SecretHead>(secretKey(container, secret.name), { meta: head })
  return { version, head }
}

function newVersion(
  name: string,
  now: number,
  properties: Pick<SecretVersion, 'contentType' | 'tags'>,
): SecretVersion {
  return { ...properties, name, version: randomHexId(), enabled: true, created: now, updated: now }
}

async function add(
  { unit, vault, now }: OperationContext,
  before: SecretHead,
  { secret, value, label, contentType, stages = [CURRENT] }: PutSecretVersionInput,
): Promise<PutSecretVersion> {
  const container = vault()
  const { name, tags } = before.current
  const version = newVersion(name, now, {
    ...(contentType === undefined ? {} : { contentType }),
    ...(tags === undefined ? {} : { tags }),
  })
  if (stages.includes(PREVIOUS)) {
    throw invalidInput('VersionStages', 'the stage of the previous version is given by the server')
  }
  const labelled = [...(before.labelled ?? []), { label, version: version.version }]
  const custom = stages.filter((stage) => stage !== CURRENT)
  const staged = withStages({ ...before, labelled }, custom, version.version)
  const head: SecretHead = stages.includes(CURRENT)
    ? { ...staged, current: version, previous: before.current.version }
    : staged
  const kept = labelled.length > MAXIMUM_LABELLED_VERSIONS ? await withoutOldest(head) : head
  unit.create<SecretVersion>(secretVersionKey(container, secret.name, version.version), {
    meta: version,
    secret: value,
  })
  unit.put<SecretHead>(secretKey(container, secret.name), { meta: kept })
  return { version, head: kept }

  /** The oldest that stands nowhere is destroyed for the new one. */
  async function withoutOldest(full: SecretHead): Promise<SecretHead> {
    const oldest = full.labelled?.find((one) => stagesOf(full, one.version).length === 0)
    if (oldest === undefined || oldest.version === version.version) {
      throw new Fault('SecretVersionsExceeded', { maximum: MAXIMUM_LABELLED_VERSIONS })
    }
    const at = secretVersionKey(container, secret.name, oldest.version)
    await unit.claimOne(at)
    unit.delete(at)
    return { ...full, labelled: full.labelled?.filter((one) => one !== oldest) ?? [] }
  }
}

/** @throws Fault ObjectExists when the label has another value. */
async function again(
  { unit, vault }: OperationContext,
  head: SecretHead,
  version: string,
  { secret, value }: PutSecretVersionInput,
): Promise<PutSecretVersion> {
  const at = secretVersionKey(vault(), secret.name, version)
  const found = await unit.get<SecretVersion>(at)
  const known = found?.secret?.reveal() ?? new Uint8Array()
  const given = value.reveal()
  const isSame = known.byteLength === given.byteLength && timingSafeEqual(known, given)
  if (found === undefined || !isSame) {
    throw new Fault('ObjectExists', { kind: 'secret', name: secret.name })
  }
  return { version: found.meta, head }
}

/** @throws Fault InvalidInput */
function demandLabel(label: string): void {
  if (label.length > 0 && label.length <= MAXIMUM_LABEL_CHARACTERS) return
  throw invalidInput('VersionId', `it must have from 1 to ${MAXIMUM_LABEL_CHARACTERS} characters`)
}
