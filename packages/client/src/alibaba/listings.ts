import type { PagedAsyncIterableIterator } from '../core/paging.ts'
import type { KmsActionName } from './actions/action-names.ts'
import type * as Aliases from './actions/aliases.ts'
import type * as Access from './actions/application-access.ts'
import type * as Instances from './actions/instances.ts'
import type * as Keys from './actions/keys.ts'
import type * as DataKeys from './actions/managed-data-keys.ts'
import type * as Secrets from './actions/secrets.ts'
import type { NoParameters } from './actions/shared-types.ts'
import type * as Tags from './actions/tags.ts'
import type { KmsRuntimeOptions } from './kms-runtime-options.ts'

/** What a listing says for itself, page by page. */
export type PageParameter = 'pageNumber' | 'pageSize' | 'nextToken'

/**
 * Each action that answers a page at a time, over all pages: items one by one, or pages with
 * `byPage({ maxPageSize })`, as the listings of the Azure clients. The service counts pages, so
 * that what is made or deleted meanwhile may be missed or come twice.
 */
export interface KmsListings {
  /**
   * Every key.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeys
   */
  listAllKeys(
    request?: Omit<Keys.ListKeysRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Keys.ListedKey>
  /**
   * Every version of a key.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeyVersions
   */
  listAllKeyVersions(
    request: Omit<Keys.ListKeyVersionsRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Keys.KeyVersion>
  /**
   * Every alias.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListAliases
   */
  listAllAliases(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Aliases.KeyAlias>
  /**
   * Every alias of a key.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListAliasesByKeyId
   */
  listAllAliasesByKeyId(
    request: Omit<Aliases.ListAliasesByKeyIdRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Aliases.KeyAlias>
  /**
   * Every tag of keys or secrets; pages have a size of their own, whatever `maxPageSize` says.
   * @throws ClavigerError with code `InvalidResourceId.NotFound`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListTagResources
   */
  listAllTagResources(
    request: Omit<Tags.ListTagResourcesRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Tags.TagOfResource>
  /**
   * Every version of a managed data key.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListManagedDataKeyVersions
   */
  listAllManagedDataKeyVersions(
    request: Omit<DataKeys.ListManagedDataKeyVersionsRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<DataKeys.ManagedDataKeyVersion>
  /**
   * Every secret, without its value.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecrets
   */
  listAllSecrets(
    request?: Omit<Secrets.ListSecretsRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Secrets.ListedSecret>
  /**
   * Every version of a secret, without its value.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecretVersionIds
   */
  listAllSecretVersionIds(
    request: Omit<Secrets.ListSecretVersionIdsRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Secrets.SecretVersion>
  /**
   * Every network rule.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListNetworkRules
   */
  listAllNetworkRules(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Access.ListedNetworkRule>
  /**
   * Every policy of applications.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListPolicies
   */
  listAllPolicies(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Access.ListedPolicy>
  /**
   * Every application access point.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListApplicationAccessPoints
   */
  listAllApplicationAccessPoints(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Access.ListedAccessPoint>
  /**
   * Every instance.
   * @throws ClavigerError with code `InvalidParameter`.
   * @throws BadRequestError for a `continuationToken` of something else.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKmsInstances
   */
  listAllKmsInstances(
    request?: Omit<Instances.ListKmsInstancesRequest, PageParameter>,
    runtime?: KmsRuntimeOptions,
  ): PagedAsyncIterableIterator<Instances.ListedInstance>
}

interface Listing<Body> {
  readonly action: KmsActionName
  readonly items: (body: Body) => readonly unknown[]
  readonly isByToken: boolean
}

/** A listing and the two members of the answer in which its items are; the compiler knows them. */
function of<Outer extends string, Inner extends string>(
  action: KmsActionName,
  outer: Outer,
  inner: Inner,
  isByToken = false,
): Listing<{ readonly [Name in Outer]: { readonly [Of in Inner]: readonly unknown[] } }> {
  return { action, items: (body) => body[outer][inner], isByToken }
}

interface Bodies {
  readonly listAllKeys: Keys.ListKeysResponseBody
  readonly listAllKeyVersions: Keys.ListKeyVersionsResponseBody
  readonly listAllAliases: Aliases.ListAliasesResponseBody
  readonly listAllAliasesByKeyId: Aliases.ListAliasesByKeyIdResponseBody
  readonly listAllTagResources: Tags.ListTagResourcesResponseBody
  readonly listAllManagedDataKeyVersions: DataKeys.ListManagedDataKeyVersionsResponseBody
  readonly listAllSecrets: Secrets.ListSecretsResponseBody
  readonly listAllSecretVersionIds: Secrets.ListSecretVersionIdsResponseBody
  readonly listAllNetworkRules: Access.ListNetworkRulesResponseBody
  readonly listAllPolicies: Access.ListPoliciesResponseBody
  readonly listAllApplicationAccessPoints: Access.ListApplicationAccessPointsResponseBody
  readonly listAllKmsInstances: Instances.ListKmsInstancesResponseBody
}

/** Every listing: its action, and where in the answer the items are. */
export const KMS_LISTINGS: { readonly [Name in keyof KmsListings]: Listing<Bodies[Name]> } = {
  listAllKeys: of('ListKeys', 'keys', 'key'),
  listAllKeyVersions: of('ListKeyVersions', 'keyVersions', 'keyVersion'),
  listAllAliases: of('ListAliases', 'aliases', 'alias'),
  listAllAliasesByKeyId: of('ListAliasesByKeyId', 'aliases', 'alias'),
  listAllTagResources: of('ListTagResources', 'tagResources', 'tagResource', true),
  listAllManagedDataKeyVersions: of(
    'ListManagedDataKeyVersions', 'managedDataKeyVersions', 'managedDataKeyVersion',
  ),
  listAllSecrets: of('ListSecrets', 'secretList', 'secret'),
  listAllSecretVersionIds: of('ListSecretVersionIds', 'versionIds', 'versionId'),
  listAllNetworkRules: of('ListNetworkRules', 'networkRules', 'networkRule'),
  listAllPolicies: of('ListPolicies', 'policies', 'policy'),
  listAllApplicationAccessPoints: of(
    'ListApplicationAccessPoints', 'applicationAccessPoints', 'applicationAccessPoint',
  ),
  listAllKmsInstances: of('ListKmsInstances', 'kmsInstances', 'kmsInstance'),
}
