import type { Config } from '../config.ts'

/** Where clients on this machine reach the server; no URL ends in a slash. */
export interface ClientAddresses {
  /** Of the vault `default`. */
  readonly vaultUrl: string
  readonly vaultHost: string
  readonly loginUrl: string
  readonly loginHost: string
  /** The resource that tokens for the vaults are asked for. */
  readonly resource: string
  readonly identityEndpoint: string
  /** Azure Resource Manager, as `az` asks it. */
  readonly managementUrl: string
  /** Every name that programs on this machine have to find. */
  readonly hosts: readonly string[]
  /** Of the gateways of Alibaba Cloud KMS; `host:port`, as their clients take them. */
  readonly kms: {
    readonly region: string
    readonly host: string
    readonly endpoint: string
    readonly instanceHost: string
    readonly instanceEndpoint: string
  }
}

/** The default HTTPS port, which clients leave out of URLs and compare without. */
const HTTPS_PORT = 443

/** @param ports those in use: the configured ones may be 0, any free one. */
export function clientAddresses(
  { domain, alibabaRegions: [region = 'cn-hangzhou'] }: Pick<Config, 'domain' | 'alibabaRegions'>,
  ports: { readonly https: number; readonly identity: number },
): ClientAddresses {
  const port = ports.https === HTTPS_PORT ? '' : `:${ports.https}`
  const vaultHost = `default.vault.${domain}`
  const loginHost = `login.${domain}`
  const host = `kms.${region}.${domain}`
  const instanceHost = `kst-default.cryptoservice.kms.${domain}`
  const kms = {
    region,
    host,
    endpoint: `${host}${port}`,
    instanceHost,
    instanceEndpoint: `${instanceHost}${port}`,
  }
  const managementHost = `management.${domain}`
  return {
    kms,
    hosts: [vaultHost, loginHost, managementHost, `graph.${domain}`, host, instanceHost],
    managementUrl: `https://${managementHost}${port}`,
    vaultHost,
    loginHost,
    vaultUrl: `https://${vaultHost}${port}`,
    loginUrl: `https://${loginHost}${port}`,
    resource: `https://vault.${domain}${port}`,
    identityEndpoint: `http://127.0.0.1:${ports.identity}/msi/token`,
  }
}
