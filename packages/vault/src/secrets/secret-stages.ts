import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { SecretHead, SecretVersion } from './secret.ts'

/** The stage of the version that is given when none is named, and of the one before it. */
export const CURRENT = 'current'
export const PREVIOUS = 'previous'

/** A name for one version at a time. */
export type Stage = string

/** A version that has a label of its own beside its id. */
export interface LabelledVersion {
  /** Given by whoever put the version; unique in its secret. */
  readonly label: string
  readonly version: string
}

const MAXIMUM_STAGES = 8
const MAXIMUM_STAGE_CHARACTERS = 64

/** The stages of a version, the reserved ones first. */
export function stagesOf(head: SecretHead, version: string): readonly Stage[] {
  const { current, previous, stages = {} } = head
  return [
    ...(current.version === version ? [CURRENT] : []),
    ...(previous === version ? [PREVIOUS] : []),
    ...Object.keys(stages).filter((stage) => stages[stage] === version),
  ]
}

/** The version at a stage; `undefined` when there is none. */
export function versionAt(head: SecretHead, stage: Stage): string | undefined {
  if (stage === CURRENT) return head.current.version
  if (stage === PREVIOUS) return head.previous
  return Object.hasOwn(head.stages ?? {}, stage) ? head.stages?.[stage] : undefined
}

/** The version of a label, or of an id where somebody has put it without one. */
export function versionOfLabel(head: SecretHead, label: string): string | undefined {
  const labelled = head.labelled?.find((one) => one.label === label)
  if (labelled !== undefined) return labelled.version
  return /^[0-9a-f]{32}$/.test(label) ? label : undefined
}

/** The label of a version, else its id. */
export function labelOfVersion(head: SecretHead, version: string): string {
  return head.labelled?.find((one) => one.version === version)?.label ?? version
}

/** Puts a version in the place of the current one, which becomes the previous. */
export function withCurrent(head: SecretHead, version: SecretVersion): SecretHead {
  const { current, created = current.created } = head
  if (version.version === current.version) return { ...head, current: version }
  return { ...head, created, current: version, previous: current.version }
}

/**
 * Puts stages that anybody may name at a version; each is at one version at a time.
 * @throws Fault InvalidInput
 */
export function withStages(
  head: SecretHead,
  wanted: readonly Stage[],
  version: string,
): SecretHead {
  const stages: Record<string, string> = { ...head.stages }
  for (const stage of wanted) {
    demandStage(stage)
    stages[stage] = version
  }
  return { ...head, stages }
}

/**
 * Holds the limit of stages, those of the server among them.
 * @throws Fault SecretStagesExceeded
 */
export function demandFewStages({ previous, stages = {} }: SecretHead): void {
  const reserved = previous === undefined ? 1 : 2
  if (Object.keys(stages).length + reserved <= MAXIMUM_STAGES) return
  throw new Fault('SecretStagesExceeded', { maximum: MAXIMUM_STAGES })
}

/** Takes a stage away; those of the current and the previous version go by themselves. */
export function withoutStage(head: SecretHead, stage: Stage): SecretHead {
  const { [stage]: _, ...stages } = head.stages ?? {}
  return { ...head, stages }
}

function demandStage(stage: Stage): void {
  const isNamed = stage.length > 0 && stage.length <= MAXIMUM_STAGE_CHARACTERS
  if (isNamed && stage !== '__proto__') return
  const reason = `each must have from 1 to ${MAXIMUM_STAGE_CHARACTERS} characters`
  throw invalidInput('VersionStages', reason)
}
