import { CURRENT, type DescribedSecretVersion, type SecretRef } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { secretObjectName } from '../../secret-object-name.ts'
import type { ActionContext, Actions } from '../action.ts'
import { answerPage } from '../answer-page.ts'
import { newestFirst } from '../secret-versions.ts'

const { decodeBase64, invalidParameter, KmsRefusal } = alibaba.shared

/** What the secret of a managed data key is called: this, and the name of the key. */
const PREFIX = 'kms-datakey-'
const VERSION_ID_CHARACTERS = 8
const NAME = /^[A-Za-z0-9_/+=.@-]{1,180}$/

type Answer = alibaba.shared.AnswerObject

/**
 * Managed data keys. The service has no action that makes one; here one is a secret whose name says
 * so, with the key in base64 as its value, and its versions are those of the secret.
 */
export const MANAGED_DATA_KEY_ACTIONS: Actions<
  'GetManagedDataKey' | 'ListManagedDataKeyVersions'
> = {
  async GetManagedDataKey(request) {
    const { vault, call, parameters } = request
    const { DataKeyName, DataKeyVersionId, UseLatest } = parameters
    const secret = await dataKey(request, DataKeyName)
    const versions = newestFirst(await vault.secrets.describeVersions(call, { secret }))
    const wanted = wantedVersion(versions, DataKeyVersionId, UseLatest)
    if (wanted === undefined) throw new KmsRefusal('Forbidden.ResourceNotFound')
    const { version } = wanted.version
    const { value } = await vault.secrets.get(call, { secret: { ...secret, version } })
    const Plaintext = Buffer.from(value.reveal()).toString('utf8')
    value.wipe()
    if (decodeBase64(Plaintext) === undefined) {
      throw new KmsRefusal('Rejected.UnsupportedOperation', {
        recommend: `The value of the secret ${secret.name} is not base64, so it is no data key.`,
      })
    }
    return { DataKeyName, ...names(DataKeyName, wanted), Plaintext }
  },

  async ListManagedDataKeyVersions(request) {
    const { DataKeyName } = request.parameters
    const secret = await dataKey(request, DataKeyName)
    const found = await request.vault.secrets.describeVersions(request.call, { secret })
    const { items, paging } = answerPage(newestFirst(found), request.parameters)
    const ManagedDataKeyVersion = items.map((one) => names(DataKeyName, one))
    return { DataKeyName, ManagedDataKeyVersions: { ManagedDataKeyVersion }, ...paging }
  },
}

/** The secret of a data key, in whichever vault it is found by its name. */
async function dataKey(
  { vault, tenant, settings }: ActionContext,
  dataKeyName: string,
): Promise<SecretRef> {
  if (!NAME.test(dataKeyName)) {
    const rule = 'must have 1 to 180 letters, digits and any of _ / + = . @ -'
    throw invalidParameter('DataKeyName', rule)
  }
  const name = secretObjectName(`${PREFIX}${dataKeyName}`)
  const container = await vault.secretFinder.find(tenant.id, name)
  return { vault: container ?? settings.homeVault, name }
}

/** @param versions the newest first. */
function wantedVersion(
  versions: readonly DescribedSecretVersion[],
  id: string | undefined,
  latest: boolean,
): DescribedSecretVersion | undefined {
  if (id !== undefined) return versions.find((one) => versionIdOf(one) === id)
  return latest ? versions.find(({ stages }) => stages.includes(CURRENT)) : versions.at(-1)
}

function versionIdOf({ version }: DescribedSecretVersion): string {
  return version.version.slice(0, VERSION_ID_CHARACTERS)
}

function names(dataKeyName: string, version: DescribedSecretVersion): Answer {
  const DataKeyVersionId = versionIdOf(version)
  return {
    DataKeyVersionId,
    DataKeyVersionName: `kms-datakeyversion!${dataKeyName}!${DataKeyVersionId}`,
  }
}
