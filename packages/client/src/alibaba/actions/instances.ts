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

/** A KMS instance of a list. */
export interface ListedInstance {
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
  /** ARN of the instance. */
  readonly kmsInstanceArn: string
}

/** A VPC that reaches an instance. */
export interface BoundVpc {
  /** Id of the VPC. */
  readonly vpcId?: string
  readonly vSwitchId?: string
  /** Region of the resources. */
  readonly regionId?: string
  readonly vpcOwnerId?: string
}

/** What there is to know of a KMS instance. */
export interface KmsInstance {
  /** `kst-…`. */
  readonly instanceId: string
  readonly instanceName: string
  /** `Uninitialized`, `Connecting`, `Connected`, `Disconnected` or `Error`. */
  readonly status: string
  /** UTC. */
  readonly createTime: string
  /** UTC. */
  readonly startDate?: string
  /** UTC. */
  readonly endDate?: string
  /** Calls a second. */
  readonly spec?: number
  readonly keyNum?: number
  readonly secretNum?: string
  readonly vpcNum?: number
  /** Id of the VPC. */
  readonly vpcId?: string
  /** List with commas. */
  readonly zoneIds?: readonly string[]
  readonly vswitchIds?: readonly string[]
  /** VPCs that reach the instance; as a list or its JSON text. */
  readonly bindVpcs?: { readonly bindVpc: readonly BoundVpc[] }
  /** What signs the certificate of the instance, for `ca`. */
  readonly caCertificateChainPem?: string
  readonly chargeType?: string
  readonly productType?: string
  readonly productVersion?: string
  readonly saleStatus?: string
  readonly log?: number
  readonly logStorage?: number
  readonly deletionProtection?: boolean
  /** Why it is protected. */
  readonly deletionProtectionDescription?: string
}

/** What an instance may hold, and holds. */
export interface KmsInstanceQuota {
  /** As the request spelled it. */
  readonly resourceType: string
  readonly resourceQuota: number
  readonly usedQuantity: number
}

/** What ListKmsInstances is asked. */
export interface ListKmsInstancesRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
  /** At most 10; as a list or its JSON text. */
  readonly filters?: readonly KmsFilter[] | string
}

/** What ListKmsInstances answers. */
export interface ListKmsInstancesResponseBody extends KmsPage {
  readonly kmsInstances: { readonly kmsInstance: readonly ListedInstance[] }
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
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId: string
  readonly kmsInstanceQuotaInfos: readonly KmsInstanceQuota[]
}

/** Actions on KMS instances. */
export interface KmsInstanceActions {
  /**
   * Lists instances, a page at a time.
   */
  listKmsInstances(
    request?: ListKmsInstancesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListKmsInstancesResponseBody>>
  /**
   * Tells of an instance.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   */
  getKmsInstance(
    request: GetKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetKmsInstanceResponseBody>>
  /**
   * Connects an instance to a VPC.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`,
   *   `Forbidden.DKMSInstanceStateInvalid`.
   */
  connectKmsInstance(
    request: ConnectKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Says which VPCs reach an instance.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   */
  updateKmsInstanceBindVpc(
    request: UpdateKmsInstanceBindVpcRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gives an instance back that is paid for by use.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   */
  releaseKmsInstance(
    request: ReleaseKmsInstanceRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells which instance counts where none is named.
   */
  getDefaultKmsInstance(
    request?: NoParameters,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetDefaultKmsInstanceResponseBody>>
  /**
   * Tells what an instance may hold, and holds.
   * @throws ClavigerError with code `Forbidden.DKMSInstanceNotFound`.
   */
  getKmsInstanceQuotaInfos(
    request?: GetKmsInstanceQuotaInfosRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetKmsInstanceQuotaInfosResponseBody>>
}
