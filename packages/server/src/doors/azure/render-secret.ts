import type { DeletedSecretHead, SecretVersion, VaultRecord } from '@claviger/vault'
import { azure } from '@claviger/wire'
import { recoveryLevel } from '../../rest/recovery-level.ts'

/** Where a secret is shown: ids begin with the origin, attributes tell the vault's retention. */
export interface Showcase {
  readonly origin: string
  readonly container: VaultRecord
}

/** One version of a secret, with its value where one is given. */
export function secretBundle(
  at: Showcase,
  secret: SecretVersion,
  value?: string,
): azure.SecretBundle {
  const keyVersion = secret.managed?.keyVersion
  const kid = keyVersion && azure.objectId(at.origin, 'keys', secret.name, keyVersion)
  return azure.omitUndefined({
    value,
    ...secretItem(at, secret, secret.version),
    kid,
    previousVersion: secret.managed?.previousVersion,
  })
}

/** A secret in a list; `version` is part of its id in the list of versions alone. */
export function secretItem(
  at: Showcase,
  secret: SecretVersion,
  version?: string,
): azure.SecretItem {
  return azure.omitUndefined({
    id: azure.objectId(at.origin, 'secrets', secret.name, version),
    contentType: secret.contentType,
    attributes: attributes(at, secret),
    tags: secret.tags,
    managed: secret.managed === undefined ? undefined : (true as const),
  })
}

/** A deleted secret; its id has the version that was current, and it never has a value. */
export function deletedSecretBundle(
  at: Showcase,
  deleted: DeletedSecretHead,
): azure.DeletedSecretBundle {
  return { ...deletion(at, deleted), ...secretBundle(at, deleted.current) }
}

/** A deleted secret in a list; its id has no version. */
export function deletedSecretItem(
  at: Showcase,
  deleted: DeletedSecretHead,
): azure.DeletedSecretItem {
  return { ...deletion(at, deleted), ...secretItem(at, deleted.current) }
}

function deletion({ origin }: Showcase, deleted: DeletedSecretHead): azure.Deletion {
  return {
    recoveryId: azure.objectId(origin, 'deletedsecrets', deleted.current.name),
    deletedDate: deleted.deletedAt,
    scheduledPurgeDate: deleted.scheduledPurgeAt,
  }
}

function attributes({ container }: Showcase, secret: SecretVersion): azure.SecretAttributes {
  return azure.omitUndefined({
    enabled: secret.enabled,
    nbf: secret.notBefore,
    exp: secret.expires,
    created: secret.created,
    updated: secret.updated,
    recoveryLevel: recoveryLevel(container),
    recoverableDays: container.retentionDays,
  })
}
