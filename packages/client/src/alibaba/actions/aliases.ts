import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, KmsPage } from './shared-types.ts'

/**
 * An alias of a key.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListAliases
 */
export interface KeyAlias {
  /** Id of the key. */
  readonly keyId: string
  /** `alias/` and a name, together at most 255 characters. */
  readonly aliasName: string
  /** ARN of the alias. */
  readonly aliasArn: string
}

/** What CreateAlias is asked. */
export interface CreateAliasRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** `alias/` and a name, together at most 255 characters. */
  readonly aliasName: string
}

/** What UpdateAlias is asked. */
export interface UpdateAliasRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** `alias/` and a name, together at most 255 characters. */
  readonly aliasName: string
}

/** What DeleteAlias is asked. */
export interface DeleteAliasRequest {
  /** `alias/` and a name, together at most 255 characters. */
  readonly aliasName: string
}

/** What ListAliases is asked. */
export interface ListAliasesRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListAliases answers. */
export interface ListAliasesResponseBody extends KmsPage {
  /** The page. */
  readonly aliases: {
    /** One for each alias. */
    readonly alias: readonly KeyAlias[]
  }
}

/** What ListAliasesByKeyId is asked. */
export interface ListAliasesByKeyIdRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListAliasesByKeyId answers. */
export interface ListAliasesByKeyIdResponseBody extends KmsPage {
  /** The page. */
  readonly aliases: {
    /** One for each alias. */
    readonly alias: readonly KeyAlias[]
  }
}

/** Actions on aliases of keys. */
export interface KmsAliasActions {
  /**
   * Gives a key an alias.
   * @throws ClavigerError with code `AliasAlreadyExists`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateAlias
   */
  createAlias(
    request: CreateAliasRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Moves an alias to another key.
   * @throws ClavigerError with code `Forbidden.AliasNotFound`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateAlias
   */
  updateAlias(
    request: UpdateAliasRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Deletes an alias.
   * @throws ClavigerError with code `Forbidden.AliasNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteAlias
   */
  deleteAlias(
    request: DeleteAliasRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists aliases, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`, for a page beyond the limits.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListAliases
   */
  listAliases(
    request?: ListAliasesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListAliasesResponseBody>>
  /**
   * Lists the aliases of a key, a page at a time.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListAliasesByKeyId
   */
  listAliasesByKeyId(
    request: ListAliasesByKeyIdRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListAliasesByKeyIdResponseBody>>
}
