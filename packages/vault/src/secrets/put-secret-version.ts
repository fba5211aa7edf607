import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { demandObjectName } from '../object-name.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { closeValue, openValue } from './customer-key.ts'
import { auditedSecret } from './get-secret.ts'
import { newSecretHead, type SecretCreation } from './secret-creation.ts'
import {
  deletedSecretKey,
  secretKey,
  secretVersionKey,
  type DeletedSecretHead,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import { demandNoKind } from './secret-kind.ts'
import { demandValidValue } from './secret-rules.ts'
import {
  CURRENT,
  demandFewStages,
  PREVIOUS,
  stagesOf,
  versionOfLabel,
  withCurrent,
  withStages,
  type Stage,
} from './secret-stages.ts'

const MAXIMUM_LABELLED_VERSIONS = 10
const MAXIMUM_LABEL_CHARACTERS = 64
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
  readonly creation?: SecretCreation
  /** Refuses secrets that somebody has given a kind to, such as those of accounts elsewhere. */
  readonly ofNoKind?: true
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
    if (head === undefined) return await create(context, input, creation ?? {})
    if (input.ofNoKind === true) demandNoKind(head)
    return (await again(context, head, input)) ?? (await add(context, head, input))
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

async function create(
  context: OperationContext,
  { secret, value, label, contentType }: PutSecretVersionInput,
  creation: SecretCreation,
): Promise<PutSecretVersion> {
  const { unit, vault, now } = context
  const wanted: SecretVersion = {
    ...newVersion(secret.name, now, contentType),
    ...(creation.tags === undefined ? {} : { tags: creation.tags }),
  }
  const made = await newSecretHead(context, wanted, creation)
  const content = await closeValue(context, creation.encryptionKey, wanted, value)
  const version = content.meta
  const head = { ...made, current: version, labelled: [{ label, version: version.version }] }
  unit.create<SecretVersion>(secretVersionKey(vault(), secret.name, version.version), content)
  unit.put<SecretHead>(secretKey(vault(), secret.name), { meta: head })
  return { version, head }
}

function newVersion(name: string, now: number, contentType: string | undefined): SecretVersion {
  const type = contentType === undefined ? {} : { contentType }
  return { ...type, name, version: randomHexId(), enabled: true, created: now, updated: now }
}

async function add(
  context: OperationContext,
  before: SecretHead,
  { secret, value, label, contentType, stages = [CURRENT] }: PutSecretVersionInput,
): Promise<PutSecretVersion> {
  const { unit, vault, now } = context
  const container = vault()
  if (stages.includes(PREVIOUS)) {
    throw invalidInput('VersionStages', 'the stage of the previous version is given by the server')
  }
  const { name, tags } = before.current
  const wanted = {
    ...newVersion(name, now, contentType),
    ...(tags === undefined ? {} : { tags }),
  }
  const content = await closeValue(context, before.encryptionKey, wanted, value)
  const version = content.meta
  const labelled = [...(before.labelled ?? []), { label, version: version.version }]
  const custom = stages.filter((stage) => stage !== CURRENT)
  const staged = withStages({ ...before, labelled, updated: now }, custom, version.version)
  const head = stages.includes(CURRENT) ? withCurrent(staged, version) : staged
  demandFewStages(head)
  const kept = labelled.length > MAXIMUM_LABELLED_VERSIONS ? await withoutOldest(head) : head
  unit.create<SecretVersion>(secretVersionKey(container, secret.name, version.version), content)
  unit.put<SecretHead>(secretKey(container, secret.name), { meta: kept })
  return { version, head: kept }

  /**
   * The oldest that stands nowhere is destroyed for the new one; under purge protection it only loses
   * its label, since nothing is destroyed there before its time.
   */
  async function withoutOldest(full: SecretHead): Promise<SecretHead> {
    const oldest = full.labelled?.find((one) => stagesOf(full, one.version).length === 0)
    if (oldest === undefined || oldest.version === version.version) {
      throw new Fault('SecretVersionsExceeded', { maximum: MAXIMUM_LABELLED_VERSIONS })
    }
    const at = secretVersionKey(container, secret.name, oldest.version)
    await unit.claimOne(at)
    if (!container.purgeProtection) unit.delete(at)
    return { ...full, labelled: full.labelled?.filter((one) => one !== oldest) ?? [] }
  }
}

/**
 * The version that has the label already; `undefined` when there is none.
 * @throws Fault ObjectExists when it has another value.
 */
async function again(
  context: OperationContext,
  head: SecretHead,
  { secret, value, label }: PutSecretVersionInput,
): Promise<PutSecretVersion | undefined> {
  const version = versionOfLabel(head, label)
  if (version === undefined) return undefined
  const at = secretVersionKey(context.vault(), secret.name, version)
  const found = await context.unit.get<SecretVersion>(at)
  // What looks like an id of a version need not be one.
  if (found === undefined) return undefined
  const known = await openValue(context, found)
  const isSame = known.equals(value)
  known.wipe()
  if (isSame) return { version: found.meta, head }
  throw new Fault('ObjectExists', { kind: 'secret', name: secret.name })
}

/** @throws Fault InvalidInput */
function demandLabel(label: string): void {
  if (label.length > 0 && label.length <= MAXIMUM_LABEL_CHARACTERS) return
  throw invalidInput('VersionId', `it must have from 1 to ${MAXIMUM_LABEL_CHARACTERS} characters`)
}
