import { Secret, type EncryptionKey, type SecretCreation } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { isSameVault } from '../../is-same-vault.ts'
import { secretObjectName } from '../../secret-object-name.ts'
import type { ActionContext, Actions } from '../action.ts'
import { time } from '../answer-key.ts'
import {
  rotation,
  secretArn,
  secretMetadata,
  secretSummary,
  secretType,
  tags,
} from '../answer-secret.ts'
import { policyOf } from '../policy-document.ts'
import { resolveKey } from '../resolve-key.ts'
import { demandSecretName, resolveSecret } from '../resolve-secret.ts'
import { secretContentType } from '../secret-content-type.ts'
import { secretFilters } from '../secret-filters.ts'
import { secretRotation } from '../secret-rotation.ts'
import { secretSettings, withCustomData } from '../secret-settings.ts'
import {
  AUTOMATIC,
  demandTypedValue,
  secretTypeRow,
  type SecretTypeRow,
} from '../secret-types.ts'
import { selectAcross } from '../select-across.ts'
import { tagsParameter } from '../tags.ts'
import { instanceVault } from './key-actions.ts'

const { formatInstanceId, invalidParameter } = alibaba.shared

/** Making, describing, listing, deleting and restoring secrets; none of these tells a value. */
export const SECRET_ACTIONS: Actions<
  | 'CreateSecret'
  | 'UpdateSecret'
  | 'DescribeSecret'
  | 'ListSecrets'
  | 'DeleteSecret'
  | 'RestoreSecret'
> = {
  async CreateSecret(request) {
    const { vault, call, parameters, settings } = request
    const { SecretType, SecretData, VersionId, SecretDataType } = parameters
    const row = secretTypeRow(SecretType)
    const written = nameOf(SecretType, parameters.SecretName, parameters.ExtendedConfig)
    if (row !== undefined) demandTypedValue(SecretType, row, SecretData)
    const creation = creationOf(request, written, row)
    const contentType = secretContentType(SecretDataType)
    const container = instanceVault(request, parameters.DKMSInstanceId)
    const encryptionKey = await encryptionKeyOf(request, container, parameters.EncryptionKeyId)
    const name = secretObjectName(written)
    const value = Secret.fromText(SecretData)
    const { head } = await vault.secrets
      .putVersion(call, {
        secret: { vault: container, name },
        value,
        label: VersionId,
        ...(contentType === undefined ? {} : { contentType }),
        creation: {
          ...creation,
          ...(name === written ? {} : { writtenName: written }),
          ...(encryptionKey === undefined ? {} : { encryptionKey }),
          inTenant: { home: settings.homeVault },
        },
      })
      .finally(() => value.wipe())
    return {
      Arn: secretArn(request, written),
      SecretName: written,
      SecretType: secretType(head),
      VersionId,
      ...rotation(head),
      ExtendedConfig: head.settings ?? '',
      DKMSInstanceId: formatInstanceId(container),
    }
  },

  async UpdateSecret(request) {
    const { SecretName, Description, 'ExtendedConfig.CustomData': custom } = request.parameters
    const secret = await resolveSecret(request, SecretName)
    await request.vault.secrets.annotate(request.call, {
      secret,
      ...(Description === undefined ? {} : { description: Description }),
      ...(custom === undefined ? {} : { settings: (before) => withCustomData(before, custom) }),
    })
    return { SecretName }
  },

  async DescribeSecret(request) {
    const { SecretName, FetchTags } = request.parameters
    const secret = await resolveSecret(request, SecretName)
    const described = await request.vault.secrets.describe(request.call, { secret })
    return {
      ...secretMetadata(request, secret.vault, described),
      ...(FetchTags ? { Tags: tags(described.head) } : {}),
    }
  },

  async ListSecrets(request) {
    const { vault, call, parameters } = request
    const { ofVault, ofSecret } = secretFilters(request, parameters.Filters ?? [])
    const { items, paging } = await selectAcross(request, {
      permission: 'secrets/list',
      object: 'secrets',
      page: parameters,
      isWanted: ofVault,
      select: (name, input) =>
        vault.secrets.select(call, { vault: name, isWanted: ofSecret, ...input }),
    })
    return {
      SecretList: {
        Secret: items.map(({ item }) => ({
          ...secretSummary(item),
          ...(parameters.FetchTags ? { Tags: tags(item.head) } : {}),
        })),
      },
      ...paging,
    }
  },

  async DeleteSecret(request) {
    const { vault, call, parameters } = request
    const { SecretName, ForceDeleteWithoutRecovery, RecoveryWindowInDays } = parameters
    const secret = await resolveSecret(request, SecretName)
    if (ForceDeleteWithoutRecovery) {
      const { done, destroyedAt } = await vault.secrets.destroy(call, { secret })
      for (let gone = done; !gone; ) gone = (await vault.secrets.purge(call, { secret })).done
      return { SecretName, PlannedDeleteTime: time(destroyedAt) }
    }
    const input = { secret, retentionDays: RecoveryWindowInDays }
    const { scheduledPurgeAt } = await vault.secrets.delete(call, input)
    return { SecretName, PlannedDeleteTime: time(scheduledPurgeAt) }
  },

  async RestoreSecret(request) {
    const { SecretName } = request.parameters
    const secret = await resolveSecret(request, SecretName)
    await request.vault.secrets.recover(request.call, { secret })
    return { SecretName }
  },
}

type CreateParameters = alibaba.shared.ActionParameters<'CreateSecret'>

/** @throws KmsRefusal InvalidParameter */
function nameOf(type: string, given: string, settings: CreateParameters['ExtendedConfig']): string {
  if (type === 'RAMCredentials') {
    // The name of such a secret is the service's to make.
    const name = given === AUTOMATIC ? `acs/ram/user/${String(settings?.['UserName'])}` : given
    if (name.startsWith('acs/ram/user/')) return demandSecretName(name)
    throw invalidParameter('SecretName', `must be ${AUTOMATIC} for this SecretType`)
  }
  const name = demandSecretName(given)
  if (type === 'ECS' && !name.startsWith('acs/ecs/')) {
    throw invalidParameter('SecretName', 'must begin with acs/ecs/ for this SecretType')
  }
  if (type !== 'ECS' && name.startsWith('acs/')) {
    throw invalidParameter('SecretName', 'must not begin with acs/ for this SecretType')
  }
  return name
}

function creationOf(
  request: ActionContext & { readonly parameters: CreateParameters },
  name: string,
  row: SecretTypeRow | undefined,
): SecretCreation {
  const { parameters } = request
  const { Description, Tags, SecretType, ExtendedConfig, Policy } = parameters
  const owner = { object: 'secret', arn: secretArn(request, name) } as const
  const settings = secretSettings(ExtendedConfig, row)
  const wish = secretRotation(parameters, row !== undefined)
  return {
    ...(Description === undefined ? {} : { description: Description }),
    ...(Tags === undefined ? {} : { tags: tagsParameter(Tags) }),
    ...(row === undefined ? {} : { kind: SecretType }),
    ...(settings === undefined ? {} : { settings }),
    ...(wish === undefined ? {} : { rotation: wish }),
    ...(Policy === undefined ? {} : { policy: policyOf(request, owner, Policy) }),
  }
}

/** The key must be one of the instance that the secret is made in. */
async function encryptionKeyOf(
  request: ActionContext,
  container: string,
  keyId: string | undefined,
): Promise<EncryptionKey | undefined> {
  if (keyId === undefined) return undefined
  const place = await resolveKey(request, keyId)
  if (isSameVault(place.vault, container)) {
    return { name: place.name, keyId: place.keyId }
  }
  throw invalidParameter('EncryptionKeyId', 'must be a key of the instance of the secret')
}
