import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { openValue } from './customer-key.ts'
import { auditedSecret } from './get-secret.ts'
import { readSecretHead } from './read-secret.ts'
import { demandNoKind } from './secret-kind.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretInput,
  type SecretRef,
  type SecretVersion,
} from './secret.ts'
import {
  CURRENT,
  demandFewStages,
  PREVIOUS,
  versionAt,
  versionOfLabel,
  withCurrent,
  withoutStage,
  withStages,
  type Stage,
} from './secret-stages.ts'

export interface GetStagedSecretInput extends SecretInput {
  /** Of secrets that have a kind it is ignored: these are read by their stage. */
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

  async run(context, { secret, label: asked, stage }) {
    const { unit, vault } = context
    const head = await readSecretHead(unit, vault(), secret)
    const label = head.kind === undefined ? asked : undefined
    const wanted =
      label === undefined ? versionAt(head, stage ?? CURRENT) : versionOfLabel(head, label)
    const fits = label === undefined || stage === undefined || versionAt(head, stage) === wanted
    if (wanted === undefined || !fits) throw notFound(secret)
    const found = await unit.get<SecretVersion>(secretVersionKey(vault(), secret.name, wanted))
    if (found === undefined) throw notFound(secret)
    if (!found.meta.enabled) {
      throw new Fault('ObjectDisabled', { kind: 'secret', operation: 'get' })
    }
    return { version: found.meta, head, value: await openValue(context, found) }
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
 * @throws Fault ObjectNotFound; SecretKindUnfit; SecretStageElsewhere when it does not stand where
 *   it is to be taken.
 */
export const moveSecretStage = operation<MoveSecretStageInput, SecretHead>({
  name: 'SecretUpdate',
  permission: 'secrets/update',
  writes: true,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),

  async run({ unit, vault, now }, { secret, stage, from, to }) {
    const container = vault()
    const head = await readSecretHead(unit, container, secret)
    if (head.current.managed !== undefined) {
      throw new Fault('ObjectManaged', { kind: 'secret', operation: 'update' })
    }
    demandNoKind(head)
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
    demandFewStages(after)
    unit.put<SecretHead>(secretKey(container, secret.name), { meta: { ...after, updated: now } })
    return after

    async function moved(label: string): Promise<SecretHead> {
      const wanted = versionOfLabel(head, label)
      const found =
        wanted === undefined
          ? undefined
          : await unit.get<SecretVersion>(secretVersionKey(container, secret.name, wanted))
      if (found === undefined || wanted === undefined) throw notFound(secret)
      if (stage === PREVIOUS) return { ...head, previous: wanted }
      return stage === CURRENT ? withCurrent(head, found.meta) : withStages(head, [stage], wanted)
    }
  },
})

function notFound({ name }: SecretRef): Fault<'ObjectNotFound'> {
  return new Fault('ObjectNotFound', { kind: 'secret', name })
}
