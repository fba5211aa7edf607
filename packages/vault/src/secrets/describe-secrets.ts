import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import { operation } from '../operation.ts'
import { selectPage, type Selection, type SelectionInput } from '../select-page.ts'
import type { EpochSeconds } from '../time.ts'
import { readSecretHead } from './read-secret.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  secretKey,
  secretPrefix,
  secretVersionPrefix,
  type DeletedSecretHead,
  type SecretHead,
  type SecretInput,
  type SecretVersion,
} from './secret.ts'
import { stagesOf, type Stage } from './secret-stages.ts'

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
    const found = await unit.getMany<SecretHead | DeletedSecretHead>([
      secretKey(vault(), secret.name),
      deletedSecretKey(vault(), secret.name),
    ])
    const head = found.find((one) => one !== undefined)
    const described = head && describedSecret(head.meta)
    if (described !== undefined) return described
    throw new Fault('ObjectNotFound', { kind: 'secret', name: secret.name })
  },
})

export interface SelectSecretsInput extends SelectionInput {
  readonly vault: string
  readonly isWanted?: ((secret: DescribedSecret) => boolean) | undefined
}

/** A part of the secrets of a vault without values: the live ones by name, then the deleted. */
export const selectSecrets = operation<SelectSecretsInput, Selection<DescribedSecret>>({
  name: 'SecretList',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'secrets' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return await selectPage<SecretHead | DeletedSecretHead, DescribedSecret>(unit, input, {
      prefixes: [secretPrefix(container), deletedSecretPrefix(container)],
      itemOf: describedSecret,
      isWanted: input.isWanted,
    })
  },
})

/** A version of a live secret and where it stands. */
export interface DescribedSecretVersion {
  readonly version: SecretVersion
  readonly stages: readonly Stage[]
  readonly head: SecretHead
}

/** The versions of a live secret, in order of their ids. */
export const describeSecretVersions = operation<SecretInput, readonly DescribedSecretVersion[]>({
  name: 'SecretListVersions',
  permission: 'secrets/list',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault }, { secret }) {
    const head = await readSecretHead(unit, vault(), secret)
    const found = await unit.listAll<SecretVersion>(secretVersionPrefix(vault(), secret.name))
    return found.map(({ content: { meta } }) => ({
      version: meta,
      stages: stagesOf(head, meta.version),
      head,
    }))
  },
})

/** What a record says of its secret; `undefined` for one whose destruction has begun. */
export function describedSecret(
  found: SecretHead | DeletedSecretHead,
): DescribedSecret | undefined {
  if (!('deletedAt' in found)) return { head: found }
  const { deletedAt, scheduledPurgeAt, purging, ...head } = found
  return purging === true ? undefined : { head, deletion: { deletedAt, scheduledPurgeAt } }
}
