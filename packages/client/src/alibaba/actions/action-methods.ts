import type { KmsAliasActions } from './aliases.ts'
import type { KmsApplicationAccessActions } from './application-access.ts'
import type { KmsAsymmetricActions } from './asymmetric.ts'
import type { KmsCertificateActions } from './certificates.ts'
import type { KmsInstanceActions } from './instances.ts'
import type { KmsKeyActions } from './keys.ts'
import type { KmsManagedDataKeyActions } from './managed-data-keys.ts'
import type { KmsSecretActions } from './secrets.ts'
import type { KmsServiceActions } from './service.ts'
import type { KmsSymmetricActions } from './symmetric.ts'
import type { KmsTagActions } from './tags.ts'

/** Every action as a method. */
export interface KmsActionMethods
  extends
    KmsAliasActions,
    KmsApplicationAccessActions,
    KmsAsymmetricActions,
    KmsCertificateActions,
    KmsInstanceActions,
    KmsKeyActions,
    KmsManagedDataKeyActions,
    KmsSecretActions,
    KmsServiceActions,
    KmsSymmetricActions,
    KmsTagActions {}

/**
 * The same methods under the names that SDKs have for a call with options of its own.
 * @see https://www.npmjs.com/package/@alicloud/kms20160120
 */
export type WithOptions<Methods> = {
  readonly [Name in keyof Methods & string as `${Name}WithOptions`]: Methods[Name]
}
