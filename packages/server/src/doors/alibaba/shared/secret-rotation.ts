import type { SecretRotation } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { rotationInterval } from './rotation-interval.ts'

const SHORTEST_SECONDS = 6 * 3600
const LONGEST_SECONDS = 8760 * 3600

interface RotationParameters {
  readonly EnableAutomaticRotation?: boolean | undefined
  readonly RotationInterval?: string | undefined
}

/**
 * How a secret is to be made anew; `undefined` when nothing is said of it.
 * @param isOfAccount whether the secret has a type other than Generic.
 * @throws KmsRefusal MissingParameter, InvalidParameter; UnsupportedOperation for a Generic secret.
 */
export function secretRotation(
  parameters: RotationParameters,
  isOfAccount: boolean,
): SecretRotation | undefined {
  const { EnableAutomaticRotation: automatic } = parameters
  const intervalSeconds = rotationInterval(parameters)
  if (intervalSeconds === undefined) {
    return automatic === undefined || !isOfAccount ? undefined : { automatic }
  }
  if (intervalSeconds < SHORTEST_SECONDS || intervalSeconds > LONGEST_SECONDS) {
    throw alibaba.shared.invalidParameter('RotationInterval', 'must be from 6h to 8760h')
  }
  if (isOfAccount) return { automatic: true, intervalSeconds }
  throw new alibaba.shared.KmsRefusal('UnsupportedOperation', {
    recommend: 'A Generic secret is rotated by who owns it, with PutSecretValue.',
  })
}
