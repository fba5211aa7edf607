import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type {
  BindVpc,
  KmsEmptyBody,
  KmsFilter,
  KmsFlag,
  KmsPage,
  NoParameters,
} from './shared-types.ts'

/**
 * A KMS instance of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKmsInstances
 */
export interface ListedInstance {
  /** `kst-…`. */
  readonly kmsInstanceId: string
  /** ARN of the instance. */
  readonly kmsInstanceArn: string
}

/**
 * A VPC that reaches an instance.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKmsInstance
 */
export interface BoundVpc {
  /** Id of the VPC. */
  readonly vpcId?: string
  /** Id of the virtual switch. */
  readonly vSwitchId?: string
  /** Id of the region. */
  readonly regionId?: string
  /** Account that the VPC belongs to. */
  readonly vpcOwnerId?: string
}

/**
 * What there is to know of a KMS instance.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKmsInstance
 */
export interface KmsInstance {
  /** `kst-…`. */
  readonly instanceId: string
  /** Its name. */
  readonly instanceName: string
  /** `Uninitialized`, `Connecting`, `Connected`, `Disconnected` or `Error`. */
  readonly status: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** When it began, UTC, as `2026-01-31T12:00:00Z`. */
  readonly startDate?: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly endDate?: string
  /** Calls a second. */
  readonly spec?: number
  /** Most keys. */
  readonly keyNum?: number
  /** Most secrets. */
  readonly secretNum?: string
  /** Most VPCs. */
  readonly vpcNum?: number
  /** Id of the VPC. */
  readonly vpcId?: string
  /** List with commas. */
  readonly zoneIds?: readonly string[]
  /** Ids of virtual switches. */
  readonly vswitchIds?: readonly string[]
  /** VPCs that reach the instance. */
  readonly bindVpcs?: {
    /** One for each VPC. */
    readonly bindVpc: readonly BoundVpc[]
  }
  /** What signs the certificate of the instance, for `ca`. */
  readonly caCertificateChainPem?: string
  /** `PREPAY` or `POSTPAY`. */
  readonly chargeType?: string
  /** Type of the product. */
  readonly productType?: string
  /** Version of the product. */
  readonly productVersion?: string
  /** `Normal` while it is paid for. */
  readonly saleStatus?: string
  /** Whether calls are recorded: 1 or 0. */
  readonly log?: number
  /** Room for records, in GB. */
  readonly logStorage?: number
  /** Whether it is protected from deletion. */
  readonly deletionProtection?: boolean
  /** Why it is protected. */
  readonly deletionProtectionDescription?: string
}

/**
 * What an instance may hold, and holds.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKmsInstanceQuotaInfos
 */
export interface KmsInstanceQuota {
  /** As the request spelled it. */
  readonly resourceType: string
  /** The most objects of this type that it may hold. */
  readonly resourceQuota: number
  /** How many objects of this type it holds. */
  readonly usedQuantity: number
}

/** What ListKmsInstances is asked. */
export interface ListKmsInstancesRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
  /** At most 10; as a list or its JSON text. */
  readonly filters?: readonly KmsFilter[] | string
}

/** What ListKmsInstances answers. */
export interface ListKmsInstancesResponseBody extends KmsPage {
  /** The page. */
  readonly kmsInstances: {
    /** One for each instance. */
    readonly kmsInstance: readonly ListedInstance[]
  }
}

/** What GetKmsInstance is asked. */
export interface GetKmsInstanceRequest {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
}

/** What GetKmsInstance answers. */
export interface GetKmsInstanceResponseBody extends KmsEmptyBody {
  /** Scope: id of an instance, or `shared`. */
  readonly kmsInstance: KmsInstance
}

/** What ConnectKmsInstance is asked. */
export interface ConnectKmsInstanceRequest {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
  /** Id of the VPC. */
  readonly vpcId: string
  /** List with commas. */
  readonly vSwitchIds: string
  /** List with commas. */
  readonly zoneIds: string
  /** Who provides the key management. */
  readonly KMProvider: 'Aliyun'
}

/** What UpdateKmsInstanceBindVpc is asked. */
export interface UpdateKmsInstanceBindVpcRequest {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
  /** VPCs that reach the instance; as a list or its JSON text. */
  readonly bindVpcs: readonly BindVpc[] | string
}

/** What ReleaseKmsInstance is asked. */
export interface ReleaseKmsInstanceRequest {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
  /** Whether it is released without a backup. */
  readonly forceDeleteWithoutBackup?: KmsFlag
}

/** What GetDefaultKmsInstance answers. */
export interface GetDefaultKmsInstanceResponseBody extends KmsEmptyBody {
  /** `kst-…`. */
  readonly defaultKmsInstanceId: string
}

/** What GetKmsInstanceQuotaInfos is asked. */
export interface GetKmsInstanceQuotaInfosRequest {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId?: string
  /** What the resource is. */
  readonly resourceType?: 'key' | 'secret' | 'qps' | 'vpc'
}

/** What GetKmsInstanceQuotaInfos answers. */
export interface GetKmsInstanceQuotaInfosResponseBody extends KmsEmptyBody {
  /** `kst-…`. */
  readonly kmsInstanceId: string
  /** By kind of resource. */
  readonly kmsInstanceQuotaInfos: readonly KmsInstanceQuota[]
}

/** Actions on KMS instances. */
export interface KmsInstanceActions {
  /**
   * Lists instances, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`, for a page beyond the limits.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKmsInstances
   */
  listKmsInstances(
    request?: ListKmsInstancesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListKmsInstancesResponseBody>>
  /**
   * Tells of an instance.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKmsInstance
   */
  getKmsInstance(
    request: GetKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetKmsInstanceResponseBody>>
  /**
   * Connects an instance to a VPC.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`,
   *   `Forbidden.DKMSInstanceStateInvalid`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ConnectKmsInstance
   */
  connectKmsInstance(
    request: ConnectKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Says which VPCs reach an instance.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateKmsInstanceBindVpc
   */
  updateKmsInstanceBindVpc(
    request: UpdateKmsInstanceBindVpcRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gives an instance back that is paid for by use.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ReleaseKmsInstance
   */
  releaseKmsInstance(
    request: ReleaseKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells which instance counts where none is named.
   * @throws AccessDeniedError with code `Forbidden.NoPermission`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetDefaultKmsInstance
   */
  getDefaultKmsInstance(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetDefaultKmsInstanceResponseBody>>
  /**
   * Tells what an instance may hold, and holds.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKmsInstanceQuotaInfos
   */
  getKmsInstanceQuotaInfos(
    request?: GetKmsInstanceQuotaInfosRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetKmsInstanceQuotaInfosResponseBody>>
}
