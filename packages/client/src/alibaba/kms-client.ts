import type { Fetch } from '../core/index.ts'
import type { KmsActionMethods, WithOptions } from './actions/action-methods.ts'
import { KMS_ACTIONS } from './actions/action-names.ts'
import { callInstance } from './instance/call-instance.ts'
import { InstanceGateway } from './instance/instance-gateway.ts'
import { textEncoding } from './instance/text-encoding.ts'
import type { Transfer } from './instance/transfer.ts'
import type { KmsConfig } from './kms-config.ts'
import type { KmsPlatform } from './kms-platform.ts'
import type { KmsResponse } from './kms-response.ts'
import type { KmsRuntimeOptions } from './kms-runtime-options.ts'
import { listAll } from './list-all.ts'
import { KMS_LISTINGS, type KmsListings } from './listings.ts'
import type { OpenApiConfig } from './open-api-config.ts'
import { gatewayOf, isInstanceAction } from './route.ts'
import { callShared, sharedEndpoint } from './shared/shared-gateway.ts'

/** The gateways of a client: one or both. */
export interface KmsClientOptions {
  /** The shared gateway, which every action can go to. */
  readonly config?: OpenApiConfig
  /** An instance, which the actions of cryptography and `getSecretValue` go to unless told. */
  readonly kmsConfig?: KmsConfig
  /** Sends everything to the shared gateway. */
  readonly isUseKmsShareGateway?: boolean
  /** What files and TLS options need: `nodePlatform` of `@claviger/client/node`. */
  readonly platform?: KmsPlatform
  /** Instead of the platform's, and of the runtime's own. */
  readonly fetch?: Fetch
}

/**
 * A client of Alibaba Cloud KMS, or of Claviger: every action of the shared gateway, ten of which
 * an instance answers where there is one. Methods throw `ClavigerError`s with the service's code.
 */
export interface KmsClient
  extends KmsActionMethods, WithOptions<KmsActionMethods>, KmsListings {
  /**
   * Any action by its name, for those that only the service knows.
   * @throws ClavigerError with the service's code.
   * @throws TypeError when the action needs a gateway that the client has not.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/overview
   */
  callApi(
    action: string,
    request?: Readonly<Record<string, unknown>>,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<Readonly<Record<string, unknown>>>>
}

/** @throws TypeError when neither gateway is given, or no host of the shared one. */
export const KmsClient: new (options: KmsClientOptions) => KmsClient = withActions(
  class {
    readonly #options: KmsClientOptions
    readonly #instance: InstanceGateway | undefined

    constructor(options: KmsClientOptions) {
      const { config, kmsConfig } = options
      if (config === undefined && kmsConfig === undefined) {
        throw new TypeError('The parameter config and kmsConfig can not be both None')
      }
      if (config !== undefined) sharedEndpoint(config)
      this.#options = options
      this.#instance = kmsConfig && new InstanceGateway(kmsConfig, options)
    }

    async callApi(
      action: string,
      request: object = {},
      runtime: KmsRuntimeOptions = {},
    ): Promise<KmsResponse<unknown>> {
      const { config, kmsConfig, isUseKmsShareGateway } = this.#options
      const routing = { hasShared: config !== undefined, kmsConfig, isUseKmsShareGateway }
      const gateway = gatewayOf(action, routing, runtime)
      if (gateway === 'instance' && this.#instance !== undefined && isInstanceAction(action)) {
        // The methods have given each action the request of its type.
        return callInstance(this.#transfer(this.#instance, runtime), action, request as never)
      }
      if (config !== undefined) {
        const shared = { config, surroundings: this.#options }
        return callShared(shared, action, request, runtime)
      }
      throw new TypeError(`${action} needs the shared gateway: there is no config.`)
    }

    #transfer(gateway: InstanceGateway, runtime: KmsRuntimeOptions): Transfer {
      const { encoding, forceLowVersionCryptoTransfer = false } = gateway.config
      return {
        gateway,
        runtime,
        encoding: textEncoding(runtime.encoding ?? encoding),
        isLowVersion: forceLowVersionCryptoTransfer,
      }
    }
  },
)

interface CallsApi {
  callApi(
    action: string,
    request?: object,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<unknown>>
}

/**
 * Gives a class a method for each action, twice: under its name, and as SDKs name it; and one for
 * each listing.
 */
function withActions(
  Class: new (options: KmsClientOptions) => CallsApi,
): new (options: KmsClientOptions) => KmsClient {
  for (const action of KMS_ACTIONS) {
    const name = action.charAt(0).toLowerCase() + action.slice(1)
    function call(this: CallsApi, request?: object, runtime?: KmsRuntimeOptions): Promise<unknown> {
      return this.callApi(action, request, runtime)
    }
    Object.assign(Class.prototype, { [name]: call, [`${name}WithOptions`]: call })
  }
  for (const [name, listing] of Object.entries(KMS_LISTINGS)) {
    function list(this: CallsApi, request?: object, runtime?: KmsRuntimeOptions): object {
      return listAll(listing, (page) =>
        this.callApi(listing.action, { ...request, ...page }, runtime),
      )
    }
    Object.assign(Class.prototype, { [name]: list })
  }
  // What the loops have added is what the type says; a test compares the two.
  return Class as unknown as new (options: KmsClientOptions) => KmsClient
}
