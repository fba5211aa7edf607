import { alibaba } from '@claviger/wire'

const SECONDS = { d: 86_400, h: 3600, m: 60, s: 1 } as const

/**
 * The interval at which a key is to be rotated, in seconds; `undefined` when it is not to be.
 * @throws KmsRefusal MissingParameter, InvalidParameter for what is no number with a unit.
 */
export function rotationInterval({
  EnableAutomaticRotation,
  RotationInterval,
}: {
  readonly EnableAutomaticRotation?: boolean | undefined
  readonly RotationInterval?: string | undefined
}): number | undefined {
  if (EnableAutomaticRotation !== true) return undefined
  if (RotationInterval === undefined) throw alibaba.shared.missingParameter('RotationInterval')
  const { count, unit } = /^(?<count>\d{1,9})(?<unit>[dhms])$/.exec(RotationInterval)?.groups ?? {}
  if (unit === 'd' || unit === 'h' || unit === 'm' || unit === 's') {
    return Number(count) * SECONDS[unit]
  }
  const rule = 'must be a whole number with its unit: d, h, m or s, such as 365d'
  throw alibaba.shared.invalidParameter('RotationInterval', rule)
}
