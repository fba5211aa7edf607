import type { KeySpec } from '../crypto/key-spec.ts'
import { Fault } from '../fault.ts'

/** An algorithm, or which one goes with the key that is found; `undefined` when none does. */
export type AlgorithmChoice<Algorithm extends string> =
  | Algorithm
  | ((spec: KeySpec) => Algorithm | undefined)

/** @throws Fault AlgorithmUnfit */
export function chosenAlgorithm<Algorithm extends string>(
  choice: AlgorithmChoice<Algorithm>,
  spec: KeySpec,
): Algorithm {
  if (typeof choice === 'string') return choice
  const chosen = choice(spec)
  if (chosen !== undefined) return chosen
  const reason = 'the key is of a kind that this is not for'
  throw new Fault('AlgorithmUnfit', { algorithm: 'wanted', key: spec.type, reason })
}
