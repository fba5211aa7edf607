import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, NoParameters } from './shared-types.ts'

/**
 * A region.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeRegions
 */
export interface KmsRegion {
  /** Id of the region. */
  readonly regionId: string
}

/**
 * A kind of key that the service offers.
 * @see https://www.npmjs.com/package/@alicloud/kms20160120/v/1.2.0
 */
export interface OfferedKeySpec {
  /** Its name. */
  readonly name: string
  /** Where such keys may be. */
  readonly supportedProtectionLevels: {
    /** `SOFTWARE`, `HSM` or both. */
    readonly supportedProtectionLevel: readonly string[]
  }
  /** What such keys are for. */
  readonly usages: {
    /** Such as `ENCRYPT/DECRYPT` and `SIGN/VERIFY`. */
    readonly usage: readonly string[]
  }
}

/** What DescribeRegions answers. */
export interface DescribeRegionsResponseBody extends KmsEmptyBody {
  /** All of them. */
  readonly regions: {
    /** One for each region. */
    readonly region: readonly KmsRegion[]
  }
}

/** What DescribeAccountKmsStatus answers. */
export interface DescribeAccountKmsStatusResponseBody extends KmsEmptyBody {
  /** `Enabled`, `NotEnabled`, `InDebt` or `Suspended`. */
  readonly accountStatus: string
}

/** What DescribeService answers. */
export interface DescribeServiceResponseBody extends KmsEmptyBody {
  /** Where keys may be. */
  readonly protectionLevels: {
    /** One for each level. */
    readonly protectionLevel: readonly {
      /** `SOFTWARE` or `HSM`. */
      readonly type: string
    }[]
  }
  /** Kinds of keys. */
  readonly keySpecs: {
    /** One for each kind. */
    readonly keySpec: readonly OfferedKeySpec[]
  }
}

/** Actions on the service itself. */
export interface KmsServiceActions {
  /**
   * Lists the regions.
   * @throws AccessDeniedError with code `Forbidden.NoPermission`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeRegions
   */
  describeRegions(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeRegionsResponseBody>>
  /**
   * Opens the service for the account.
   * @throws ClavigerError with code `Forbidden.Opened`, `CreateLXOrderFailed`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/OpenKmsService
   */
  openKmsService(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells whether the account has the service.
   * @throws AccessDeniedError with code `Forbidden.NoPermission`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeAccountKmsStatus
   */
  describeAccountKmsStatus(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeAccountKmsStatusResponseBody>>
  /**
   * Tells which kinds of keys there are; older, documented nowhere.
   * @throws AccessDeniedError with code `Forbidden.NoPermission`.
   * @see https://www.npmjs.com/package/@alicloud/kms20160120/v/1.2.0
   */
  describeService(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeServiceResponseBody>>
}
