import type { KmsConfig } from './kms-config.ts'
import type { KmsRuntimeOptions } from './kms-runtime-options.ts'

/** Actions that an instance can answer; every other one goes to the shared gateway. */
export const INSTANCE_ACTIONS = [
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GetPublicKey',
  'AsymmetricEncrypt',
  'AsymmetricDecrypt',
  'AsymmetricSign',
  'AsymmetricVerify',
  'GetSecretValue',
] as const

/** An action that an instance can answer. */
export type KmsInstanceAction = (typeof INSTANCE_ACTIONS)[number]

/** What a client was told about gateways. */
export interface Routing {
  readonly hasShared: boolean
  readonly kmsConfig?: KmsConfig | undefined
  readonly isUseKmsShareGateway?: boolean | undefined
}

/**
 * Where an action goes, as the vendor's client decides it: the options of the call, then
 * `defaultKmsApiNames`, then the client. What only one gateway has, or what a client has only one
 * gateway for, goes there.
 */
export function gatewayOf(
  action: string,
  routing: Routing,
  runtime: KmsRuntimeOptions = {},
): 'shared' | 'instance' {
  const { hasShared, kmsConfig, isUseKmsShareGateway = false } = routing
  if (kmsConfig === undefined || !isInstanceAction(action)) return 'shared'
  if (runtime.isUseKmsShareGateway !== undefined) {
    return runtime.isUseKmsShareGateway ? 'shared' : 'instance'
  }
  if (!hasShared) return 'instance'
  const isDefault = kmsConfig.defaultKmsApiNames?.includes(action) === true
  return isDefault || isUseKmsShareGateway ? 'shared' : 'instance'
}

export function isInstanceAction(action: string): action is KmsInstanceAction {
  return INSTANCE_ACTIONS.some((one) => one === action)
}
