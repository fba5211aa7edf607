import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { AccessControlRules, KmsEmptyBody, KmsPage } from './shared-types.ts'

/**
 * A network rule of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListNetworkRules
 */
export interface ListedNetworkRule {
  /** Its name. */
  readonly name: string
  /** `Private`. */
  readonly type: string
}

/**
 * A policy of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListPolicies
 */
export interface ListedPolicy {
  /** Its name. */
  readonly name: string
}

/**
 * An application access point of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListApplicationAccessPoints
 */
export interface ListedAccessPoint {
  /** Its name. */
  readonly name: string
  /** `ClientKey`. */
  readonly authenticationMethod: string
}

/**
 * A client key, without its private half.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetClientKey
 */
export interface ClientKey {
  /** `KAAP.` and a UUID. */
  readonly clientKeyId: string
  /** Name of the application access point. */
  readonly aapName: string
  /** `RSA_2048`. */
  readonly keyAlgorithm: string
  /** `KMS_PROVIDED`. */
  readonly keyOrigin: string
  /** Certificate in PEM. */
  readonly publicKeyData: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** When it begins, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notBefore: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notAfter: string
}

/** What CreateNetworkRule is asked. */
export interface CreateNetworkRuleRequest {
  /** At most 192 characters. */
  readonly name: string
  /** Kind of the rule. */
  readonly type: 'Private'
  /** Addresses or CIDR ranges; as a list or its JSON text. */
  readonly sourcePrivateIp?: readonly string[] | string
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What CreateNetworkRule answers. */
export interface CreateNetworkRuleResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Its name. */
  readonly name: string
  /** `Private`. */
  readonly type: string
  /** JSON text. */
  readonly sourcePrivateIp?: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What UpdateNetworkRule is asked. */
export interface UpdateNetworkRuleRequest {
  /** At most 192 characters. */
  readonly name: string
  /** Addresses or CIDR ranges; as a list or its JSON text. */
  readonly sourcePrivateIp?: readonly string[] | string
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What DescribeNetworkRule is asked. */
export interface DescribeNetworkRuleRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What DescribeNetworkRule answers. */
export interface DescribeNetworkRuleResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** `Private`. */
  readonly type: string
  /** JSON text. */
  readonly sourcePrivateIp?: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What DeleteNetworkRule is asked. */
export interface DeleteNetworkRuleRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What ListNetworkRules is asked. */
export interface ListNetworkRulesRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListNetworkRules answers. */
export interface ListNetworkRulesResponseBody extends KmsPage {
  /** The page. */
  readonly networkRules: {
    /** One for each rule. */
    readonly networkRule: readonly ListedNetworkRule[]
  }
}

/** What CreatePolicy is asked. */
export interface CreatePolicyRequest {
  /** At most 192 characters. */
  readonly name: string
  /** `RbacPermission/Template/CryptoServiceKeyUser`, `…SecretUser`. */
  readonly permissions: readonly string[] | string
  /** `key/ID`, `key/*`, `secret/NAME`, `secret/*`. */
  readonly resources: readonly string[] | string
  /** Scope: id of an instance, or `shared`. */
  readonly kmsInstance?: string
  /** Network rules that callers must match. */
  readonly accessControlRules?: AccessControlRules | string
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What CreatePolicy answers. */
export interface CreatePolicyResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Its name. */
  readonly name: string
  /** JSON text. */
  readonly permissions: string
  /** JSON text. */
  readonly resources: string
  /** Scope: id of an instance, or `shared`. */
  readonly kmsInstance?: string
  /** JSON text. */
  readonly accessControlRules?: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What UpdatePolicy is asked. */
export interface UpdatePolicyRequest {
  /** At most 192 characters. */
  readonly name: string
  /** `RbacPermission/Template/CryptoServiceKeyUser`, `…SecretUser`. */
  readonly permissions?: readonly string[] | string
  /** `key/ID`, `key/*`, `secret/NAME`, `secret/*`. */
  readonly resources?: readonly string[] | string
  /** Network rules that callers must match. */
  readonly accessControlRules?: AccessControlRules | string
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What DescribePolicy is asked. */
export interface DescribePolicyRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What DescribePolicy answers. */
export interface DescribePolicyResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Its name. */
  readonly name: string
  /** JSON text. */
  readonly permissions: readonly string[]
  /** JSON text. */
  readonly resources: readonly string[]
  /** Scope: id of an instance, or `shared`. */
  readonly kmsInstance?: string
  /** JSON text. */
  readonly accessControlRules?: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What DeletePolicy is asked. */
export interface DeletePolicyRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What ListPolicies is asked. */
export interface ListPoliciesRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListPolicies answers. */
export interface ListPoliciesResponseBody extends KmsPage {
  /** The page. */
  readonly policies: {
    /** One for each policy. */
    readonly policy: readonly ListedPolicy[]
  }
}

/** What CreateApplicationAccessPoint is asked. */
export interface CreateApplicationAccessPointRequest {
  /** At most 192 characters. */
  readonly name: string
  /** Names of at most 3 policies; as a list or its JSON text. */
  readonly policies: readonly string[] | string
  /** How applications sign in. */
  readonly authenticationMethod?: 'ClientKey'
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What CreateApplicationAccessPoint answers. */
export interface CreateApplicationAccessPointResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Its name. */
  readonly name: string
  /** `ClientKey`. */
  readonly authenticationMethod: string
  /** JSON text. */
  readonly policies: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What UpdateApplicationAccessPoint is asked. */
export interface UpdateApplicationAccessPointRequest {
  /** At most 192 characters. */
  readonly name: string
  /** Names of at most 3 policies; as a list or its JSON text. */
  readonly policies?: readonly string[] | string
  /** At most 8,192 characters. */
  readonly description?: string
}

/** What DescribeApplicationAccessPoint is asked. */
export interface DescribeApplicationAccessPointRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What DescribeApplicationAccessPoint answers. */
export interface DescribeApplicationAccessPointResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Its name. */
  readonly name: string
  /** `ClientKey`. */
  readonly authenticationMethod: string
  /** JSON text. */
  readonly policies: string
  /** What its maker says of it. */
  readonly description?: string
}

/** What DeleteApplicationAccessPoint is asked. */
export interface DeleteApplicationAccessPointRequest {
  /** At most 192 characters. */
  readonly name: string
}

/** What ListApplicationAccessPoints is asked. */
export interface ListApplicationAccessPointsRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListApplicationAccessPoints answers. */
export interface ListApplicationAccessPointsResponseBody extends KmsPage {
  /** The page. */
  readonly applicationAccessPoints: {
    /** One for each application access point. */
    readonly applicationAccessPoint: readonly ListedAccessPoint[]
  }
}

/** What CreateClientKey is asked. */
export interface CreateClientKeyRequest {
  /** Name of the application access point. */
  readonly aapName: string
  /** 8 to 64 characters, of two kinds at least; it protects the private key. */
  readonly password: string
  /** When it begins, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notBefore?: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notAfter?: string
}

/** What CreateClientKey answers. */
export interface CreateClientKeyResponseBody extends KmsEmptyBody {
  /** `KAAP.` and a UUID. */
  readonly clientKeyId: string
  /** `RSA_2048`. */
  readonly keyAlgorithm: string
  /** PKCS #12 in base64, under the password. */
  readonly privateKeyData: string
  /** When it begins, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notBefore: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notAfter: string
}

/** What GetClientKey is asked. */
export interface GetClientKeyRequest {
  /** `KAAP.` and a UUID. */
  readonly clientKeyId: string
}

/** What GetClientKey answers. */
export interface GetClientKeyResponseBody extends KmsEmptyBody {
  /** `KAAP.` and a UUID. */
  readonly clientKeyId: string
  /** Name of the application access point. */
  readonly aapName: string
  /** `RSA_2048`. */
  readonly keyAlgorithm: string
  /** `KMS_PROVIDED`. */
  readonly keyOrigin: string
  /** Certificate in PEM. */
  readonly publicKeyData: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** When it begins, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notBefore: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notAfter: string
}

/** What ListClientKeys is asked. */
export interface ListClientKeysRequest {
  /** Name of the application access point. */
  readonly aapName?: string
}

/** What ListClientKeys answers. */
export interface ListClientKeysResponseBody extends KmsEmptyBody {
  /** All of them. */
  readonly clientKeys: readonly ClientKey[]
}

/** What DeleteClientKey is asked. */
export interface DeleteClientKeyRequest {
  /** `KAAP.` and a UUID. */
  readonly clientKeyId: string
}

/** Actions on what applications sign in with at an instance. */
export interface KmsApplicationAccessActions {
  /**
   * Creates a rule about addresses of callers.
   * @throws ClavigerError with code `Rejected.ResourceExist`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateNetworkRule
   */
  createNetworkRule(
    request: CreateNetworkRuleRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateNetworkRuleResponseBody>>
  /**
   * Changes a network rule.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateNetworkRule
   */
  updateNetworkRule(
    request: UpdateNetworkRuleRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells of a network rule.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeNetworkRule
   */
  describeNetworkRule(
    request: DescribeNetworkRuleRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeNetworkRuleResponseBody>>
  /**
   * Deletes a network rule.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteNetworkRule
   */
  deleteNetworkRule(
    request: DeleteNetworkRuleRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists network rules, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`, for a page beyond the limits.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListNetworkRules
   */
  listNetworkRules(
    request?: ListNetworkRulesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListNetworkRulesResponseBody>>
  /**
   * Creates a policy of what an application may do.
   * @throws ClavigerError with code `Rejected.ResourceExist`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreatePolicy
   */
  createPolicy(
    request: CreatePolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreatePolicyResponseBody>>
  /**
   * Changes a policy.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdatePolicy
   */
  updatePolicy(
    request: UpdatePolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells of a policy.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribePolicy
   */
  describePolicy(
    request: DescribePolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribePolicyResponseBody>>
  /**
   * Deletes a policy.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeletePolicy
   */
  deletePolicy(
    request: DeletePolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists policies, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`, for a page beyond the limits.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListPolicies
   */
  listPolicies(
    request?: ListPoliciesRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListPoliciesResponseBody>>
  /**
   * Creates an application access point.
   * @throws ClavigerError with code `Rejected.ResourceExist`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateApplicationAccessPoint
   */
  createApplicationAccessPoint(
    request: CreateApplicationAccessPointRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateApplicationAccessPointResponseBody>>
  /**
   * Changes an application access point.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateApplicationAccessPoint
   */
  updateApplicationAccessPoint(
    request: UpdateApplicationAccessPointRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Tells of an application access point.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeApplicationAccessPoint
   */
  describeApplicationAccessPoint(
    request: DescribeApplicationAccessPointRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeApplicationAccessPointResponseBody>>
  /**
   * Deletes an application access point, with its client keys.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteApplicationAccessPoint
   */
  deleteApplicationAccessPoint(
    request: DeleteApplicationAccessPointRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lists application access points, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`, for a page beyond the limits.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListApplicationAccessPoints
   */
  listApplicationAccessPoints(
    request?: ListApplicationAccessPointsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListApplicationAccessPointsResponseBody>>
  /**
   * Makes a client key; its private half is shown this once.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`, `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateClientKey
   */
  createClientKey(
    request: CreateClientKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateClientKeyResponseBody>>
  /**
   * Tells of a client key.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetClientKey
   */
  getClientKey(
    request: GetClientKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetClientKeyResponseBody>>
  /**
   * Lists the client keys of an application access point.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListClientKeys
   */
  listClientKeys(
    request?: ListClientKeysRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListClientKeysResponseBody>>
  /**
   * Deletes a client key.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteClientKey
   */
  deleteClientKey(
    request: DeleteClientKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
}
