import {
  stagesOf,
  type DescribedSecretVersion,
  type SecretHead,
  type SecretVersion,
  type Stage,
} from '@claviger/vault'

export function stagesOfVersion(head: SecretHead, { version }: SecretVersion): readonly Stage[] {
  return stagesOf(head, version)
}

/** The last that was made first; of one second, the last that was named. */
export function newestFirst(
  versions: readonly DescribedSecretVersion[],
): readonly DescribedSecretVersion[] {
  return versions.toSorted((one, other) => {
    const later = other.version.created - one.version.created
    return later === 0 ? placeOf(other) - placeOf(one) : later
  })
}

function placeOf({ head, version }: DescribedSecretVersion): number {
  return head.labelled?.findIndex((one) => one.version === version.version) ?? -1
}
