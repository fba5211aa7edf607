import type { KeyVersion } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'
import type { Actions } from '../action.ts'
import { keyVersionId, time } from '../answer-key.ts'
import { keyRef, resolveKey, versionOfKey } from '../resolve-key.ts'
import { rotationInterval } from '../rotation-interval.ts'

/** The service's limit, of asymmetric keys alone. */
const MAXIMUM_VERSIONS = 50

/** Versions of keys, and when new ones are made by themselves. */
export const KEY_VERSION_ACTIONS: Actions<
  'CreateKeyVersion' | 'DescribeKeyVersion' | 'ListKeyVersions' | 'UpdateRotationPolicy'
> = {
  async CreateKeyVersion(request) {
    const { vault, call, settings, parameters } = request
    const place = await resolveKey(request, parameters.KeyId)
    const made = await vault.keys.rotate(call, {
      key: keyRef(place),
      onlyUsable: true,
      maximumVersions: MAXIMUM_VERSIONS,
      minimumAgeDays: settings.asymmetricVersionDays ?? 0,
    })
    return { KeyVersion: keyVersion(place.keyId, made) }
  },

  async DescribeKeyVersion(request) {
    const { KeyId, KeyVersionId } = request.parameters
    const place = await resolveKey(request, KeyId)
    const key = await versionOfKey(request, place, KeyVersionId)
    const found = await request.vault.keys.describeVersion(request.call, { key })
    return { KeyVersion: keyVersion(place.keyId, found) }
  },

  async ListKeyVersions(request) {
    const { vault, call, parameters } = request
    const { KeyId, PageNumber, PageSize } = parameters
    const place = await resolveKey(request, KeyId)
    const { items, total } = await vault.keys.describeVersions(call, {
      key: keyRef(place),
      skip: (PageNumber - 1) * PageSize,
      take: PageSize,
    })
    return {
      KeyVersions: { KeyVersion: items.map((version) => keyVersion(place.keyId, version)) },
      TotalCount: total,
      PageNumber,
      PageSize,
    }
  },

  async UpdateRotationPolicy(request) {
    const seconds = rotationInterval(request.parameters)
    const key = keyRef(await resolveKey(request, request.parameters.KeyId))
    await request.vault.keys.setRotationInterval(request.call, { key, seconds })
    return {}
  },
}

function keyVersion(KeyId: string, version: KeyVersion): alibaba.shared.AnswerObject {
  const KeyVersionId = keyVersionId(KeyId, version)
  return { KeyId, KeyVersionId, CreationDate: time(version.created) }
}
