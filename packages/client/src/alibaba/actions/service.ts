import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, NoParameters } from './shared-types.ts'

/** A region. */
export interface KmsRegion {
  /** Region of the resources. */
  readonly regionId: string
}

/** A kind of key that the service offers. */
export interface OfferedKeySpec {
  /** Its name. */
  readonly name: string
  readonly supportedProtectionLevels: { readonly supportedProtectionLevel: readonly string[] }
  readonly usages: { readonly usage: readonly string[] }
}

/** What DescribeRegions answers. */
export interface DescribeRegionsResponseBody extends KmsEmptyBody {
  readonly regions: { readonly region: readonly KmsRegion[] }
}

/** What DescribeAccountKmsStatus answers. */
export interface DescribeAccountKmsStatusResponseBody extends KmsEmptyBody {
  /** `Enabled`, `NotEnabled`, `InDebt` or `Suspended`. */
  readonly accountStatus: string
}

/** What DescribeService answers. */
export interface DescribeServiceResponseBody extends KmsEmptyBody {
  readonly protectionLevels: { readonly protectionLevel: readonly { readonly type: string }[] }
  readonly keySpecs: { readonly keySpec: readonly OfferedKeySpec[] }
}

/** Actions on the service itself. */
export interface KmsServiceActions {
  /**
   * Lists the regions.
   */
  describeRegions(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeRegionsResponseBody>>
  /**
   * Opens the service for the account.
   * @throws ClavigerError with code `Forbidden.Opened`, `CreateLXOrderFailed`.
   */
  openKmsService(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells whether the account has the service.
   */
  describeAccountKmsStatus(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeAccountKmsStatusResponseBody>>
  /**
   * Tells which kinds of keys there are; older.
   */
  describeService(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeServiceResponseBody>>
}
