import { randomBytes } from 'node:crypto'
import { objectOf, textOf } from '../server/json.ts'
import { askKms, type KmsNoun } from './kms-noun.ts'

const CURRENT = 'ACSCurrent'
const PREVIOUS = 'ACSPrevious'

/** Secrets with versions: their values by their ids, and which versions the stages stand at. */
export const KMS_SECRETS: KmsNoun = {
  collection: 'secrets over KMS',
  nextChange(name, state, canary) {
    const { [CURRENT]: current, [PREVIOUS]: _, ...versions } = state
    const version = `v${Object.keys(versions).length + 1}`
    const value = `${canary}-${randomBytes(12).toString('hex')}`
    return {
      action: current === undefined ? 'CreateSecret' : 'PutSecretValue',
      parameters: { SecretName: name, VersionId: version, SecretData: value },
      operationNames: ['SecretSet'],
      after: {
        ...versions,
        [version]: value,
        [CURRENT]: version,
        ...(current === undefined ? {} : { [PREVIOUS]: current }),
      },
    }
  },
  async read(name, kms) {
    const secret = { SecretName: name }
    const listed = await askKms(kms, 'ListSecretVersionIds', {
      ...secret,
      IncludeDeprecated: 'true',
      PageSize: '50',
    })
    if (listed === undefined) return {}
    const state: Record<string, string> = {}
    const versions = objectOf(listed['VersionIds'])['VersionId']
    for (const one of Array.isArray(versions) ? versions.map(objectOf) : []) {
      const version = textOf(one, 'VersionId')
      const read = await askKms(kms, 'GetSecretValue', { ...secret, VersionId: version })
      if (read === undefined) throw new Error(`version ${version} is listed, but not there`)
      state[version] = textOf(read, 'SecretData')
      const stages = objectOf(one['VersionStages'])['VersionStage']
      for (const stage of Array.isArray(stages) ? stages : []) state[String(stage)] = version
    }
    const newest = await askKms(kms, 'GetSecretValue', secret)
    if (newest === undefined || textOf(newest, 'VersionId') !== state[CURRENT]) {
      throw new Error('its value is not that of the version that is said to be current')
    }
    return state
  },
}
