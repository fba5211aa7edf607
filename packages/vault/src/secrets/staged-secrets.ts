import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { demandObjectName } from '../object-name.ts'
import { operation, type OperationContext } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage } from '../read-page.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import { auditedSecret } from './get-secret.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  secretKey,
  secretPrefix,
  secretVersionKey,
  secretVersionPrefix,
  type DeletedSecretHead,
  type SecretHead,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import {
  CURRENT,
  PREVIOUS,
  stagesOf,
  versionAt,
  versionOfLabel,
  withoutStage,
  withStages,
  type Stage,
} from './secret-stages.ts'

export interface SecretInput {
  readonly secret: SecretRef
}

export interface GetStagedSecretInput extends SecretInput {
  readonly label?: string
  /** `current` when neither is given; with a label it must be a stage of that version. */
  readonly stage?: Stage
}

export interface StagedSecret {
  readonly version: SecretVersion
  readonly head: SecretHead
  readonly value: Secret
}

/** Reads the value of a version by its label or its stage. */
export const getStagedSecret = operation<GetStagedSecretInput, StagedSecret>({
  name: 'SecretGet',
  permission: 'secrets/get',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.version.version),

  async run({ unit, vault }, { secret, label, stage }) {
    const head = await readLiveHead(unit, vault, secret)
    const wanted =
      label === undefined ? versionAt(head, stage ?? CURRENT) : versionOfLabel(head, label)
    const fits = label === undefined || stage === undefined || versionAt(head, stage) === wanted
    if (wanted === undefined || !fits) throw notFound(secret)
    const found = await unit.get<SecretVersion>(secretVersionKey(vault(), secret.name, wanted))
    if (found === undefined) throw notFound(secret)
    if (!found.meta.enabled) {
      throw new Fault('ObjectDisabled', { kind: 'secret', operation: 'get' })
    }
    return { version: found.meta, head, value: found.secret ?? new Secret(new Uint8Array()) }
  },
})

export interface MoveSecretStageInput extends SecretInput {
  readonly stage: Stage
  /** Labels of versions. */
  readonly from?: string
  readonly to?: string
}

/**
 * Puts a stage at another version, or takes it away.
 * @throws Fault ObjectNotFound; SecretStageElsewhere when it does not stand where it is to be taken.
 */
export const moveSecretStage = operation<MoveSecretStageInput, SecretHead>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret, stage, from, to }) {
    const container = vault()
    const head = await readLiveHead(unit, vault, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'update' })
    }
    const isReserved = stage === CURRENT || stage === PREVIOUS
    if (from === undefined && to === undefined) {
      throw invalidInput('MoveToVersion', 'it must be given, or RemoveFromVersion')
    }
    if (isReserved && to === undefined) {
      throw invalidInput('MoveToVersion', 'it must be given for a stage of the server')
    }
    if (from !== undefined && versionAt(head, stage) !== versionOfLabel(head, from)) {
      throw new Fault('SecretStageElsewhere', { stage })
    }
    const after = to === undefined ? withoutStage(head, stage) : await moved(to)
    unit.put<SecretHead>(secretKey(container, secret.name), { meta: after })
    return after

    async function moved(label: string): Promise<SecretHead> {
      const wanted = versionOfLabel(head, label)
      const found =
        wanted === undefined
          ? undefined
          : await unit.get<SecretVersion>(secretVersionKey(container, secret.name, wanted))
      if (found === undefined || wanted === undefined) throw notFound(secret)
      if (stage === PREVIOUS) return { ...head, previous: wanted }
      if (stage !== CURRENT) return withStages(head, [stage], wanted)
      if (wanted === head.current.version) return head
      return { ...head, current: found.meta, previous: head.current.version }
    }
  },
})

/** Says what a secret is for; the text concerns all its versions. */
export const setSecretDescription = operation<
  SecretInput & { readonly description: string },
  SecretHead
>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret, description }) {
    if (description.length > 8192) {
      throw invalidInput('Description', 'it may have at most 8192 characters')
    }
    const after = { ...(await readLiveHead(unit, vault, secret)), description }
    unit.put<SecretHead>(secretKey(vault(), secret.name), { meta: after })
    return after
  },
})

/** A secret without its values, deleted ones among them. */
export interface DescribedSecret {
  readonly head: SecretHead
  readonly deletion?: { readonly deletedAt: EpochSeconds; readonly scheduledPurgeAt: EpochSeconds }
}

/** Tells all that is known of a secret but its values, also while it waits for its destruction. */
export const describeSecret = operation<SecretInput, DescribedSecret>({
  name: 'SecretGetMetadata',
  permission: 'secrets/list',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    demandObjectName(secret.name)
    const [live, deleted] = await unit.getMany<unknown>([
      secretKey(vault(), secret.name),
      deletedSecretKey(vault(), secret.name),
    ])
    // What stands under these keys was written as these types.
    if (live !== undefined) return { head: live.meta as SecretHead }
    const found = deleted?.meta as DeletedSecretHead | undefined
    if (found === undefined || found.purging === true) throw notFound(secret)
    return describedDeleted(found)
  },
})

export interface DescribeSecretsInput extends PageInput {
  readonly vault: string
  readonly state: 'live' | 'deleted'
}

/** All that is known of the secrets of a vault but their values, in order of their names. */
export const describeSecrets = operation<DescribeSecretsInput, Page<DescribedSecret>>({
  name: 'SecretList',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'secrets' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const isLive = input.state === 'live'
    return readPage<SecretHead | DeletedSecretHead, DescribedSecret>(unit, input, pageSize(input), {
      prefix: isLive ? secretPrefix(container) : deletedSecretPrefix(container),
      keyOf: (marker) => (isLive ? secretKey : deletedSecretKey)(container, nameInMarker(marker)),
      itemOf: (found) => ('deletedAt' in found ? describedDeleted(found) : { head: found }),
      markerOf: ({ head }) => head.current.name,
    })
  },
})

/** The versions of a live secret, with the stages of each. */
export const describeSecretVersions = operation<
  SecretInput,
  readonly { readonly version: SecretVersion; readonly stages: readonly Stage[]; readonly head: SecretHead }[]
>({
  name: 'SecretListVersions',
  permission: 'secrets/list',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    const head = await readLiveHead(unit, vault, secret)
    const found = await unit.listAll<SecretVersion>(secretVersionPrefix(vault(), secret.name))
    return found.map(({ content: { meta } }) => ({
      version: meta,
      stages: stagesOf(head, meta.version),
      head,
    }))
  },
})

function describedDeleted(found: DeletedSecretHead): DescribedSecret {
  const { deletedAt, scheduledPurgeAt, purging: _, ...head } = found
  return { head, deletion: { deletedAt, scheduledPurgeAt } }
}

/** @throws Fault ObjectNotFound, ObjectInDeletedState */
async function readLiveHead(
  unit: OperationContext['unit'],
  vault: OperationContext['vault'],
  secret: SecretRef,
): Promise<SecretHead> {
  try {
    return await readSecretHead(unit, vault(), secret)
  } catch (thrown) {
    const deleted = await unit.get<DeletedSecretHead>(deletedSecretKey(vault(), secret.name))
    if (deleted === undefined || deleted.meta.purging === true) throw thrown
    throw new Fault('ObjectInDeletedState', { kind: 'secret', name: secret.name })
  }
}

function notFound({ name }: SecretRef): Fault<'ObjectNotFound'> {
  return new Fault('ObjectNotFound', { kind: 'secret', name })
}
