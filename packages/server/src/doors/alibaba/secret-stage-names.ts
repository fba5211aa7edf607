import { CURRENT, PREVIOUS, type Stage } from '@claviger/vault'

// The two stages of the server have other names in the core. A stage that somebody calls by one of
// those takes the free name, so that no two stages are ever taken for one another.
const PAIRS: readonly (readonly [wire: string, stage: Stage])[] = [
  ['ACSCurrent', CURRENT],
  ['ACSPrevious', PREVIOUS],
  [CURRENT, 'ACSCurrent'],
  [PREVIOUS, 'ACSPrevious'],
]

const STAGES: ReadonlyMap<string, Stage> = new Map(PAIRS)
const NAMES: ReadonlyMap<Stage, string> = new Map(PAIRS.map(([name, stage]) => [stage, name]))

/** The stage that this wire calls so. */
export function stageOf(name: string): Stage {
  return STAGES.get(name) ?? name
}

/** What this wire calls a stage. */
export function stageName(stage: Stage): string {
  return NAMES.get(stage) ?? stage
}
