import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, KmsPage } from './shared-types.ts'

/**
 * A version of a managed data key.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListManagedDataKeyVersions
 */
export interface ManagedDataKeyVersion {
  /** 8 letters and digits. */
  readonly dataKeyVersionId: string
  /** Full name of the version. */
  readonly dataKeyVersionName: string
}

/** What GetManagedDataKey is asked. */
export interface GetManagedDataKeyRequest {
  /** Name of the managed data key. */
  readonly dataKeyName: string
  /** 8 letters and digits. */
  readonly dataKeyVersionId?: string
  /** Without a version: the newest one, else the first. */
  readonly useLatest?: boolean
}

/** What GetManagedDataKey answers. */
export interface GetManagedDataKeyResponseBody extends KmsEmptyBody {
  /** Name of the managed data key. */
  readonly dataKeyName: string
  /** 8 letters and digits. */
  readonly dataKeyVersionId: string
  /** Full name of the version. */
  readonly dataKeyVersionName: string
  /** Data key in base64. */
  readonly plaintext: string
}

/** What ListManagedDataKeyVersions is asked. */
export interface ListManagedDataKeyVersionsRequest {
  /** Name of the managed data key. */
  readonly dataKeyName: string
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListManagedDataKeyVersions answers. */
export interface ListManagedDataKeyVersionsResponseBody extends KmsPage {
  /** Name of the managed data key. */
  readonly dataKeyName: string
  /** The page. */
  readonly managedDataKeyVersions: {
    /** One for each version. */
    readonly managedDataKeyVersion: readonly ManagedDataKeyVersion[]
  }
}

/** Actions on managed data keys. */
export interface KmsManagedDataKeyActions {
  /**
   * Gets a managed data key.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetManagedDataKey
   */
  getManagedDataKey(
    request: GetManagedDataKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetManagedDataKeyResponseBody>>
  /**
   * Lists the versions of a managed data key, a page at a time.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListManagedDataKeyVersions
   */
  listManagedDataKeyVersions(
    request: ListManagedDataKeyVersionsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListManagedDataKeyVersionsResponseBody>>
}
