import {
  CONNECT_CREDENTIAL,
  isCredentialValid,
  systemCall,
  type Call,
  type Clock,
  type OwnCredential,
  type Secret,
  type SignInPorts,
  type Store,
  type Tenant,
  type Unsealed,
  type Vault,
} from '@claviger/vault'
import type { ConnectCredential, ConnectCredentials } from '../connect-files.ts'

/** What the credentials of the connect files belong to. */
export interface ConnectPrincipals {
  readonly tenant: Tenant
  /** The administrator application. */
  readonly administrator: { readonly id: string; readonly appId: string }
  /** The managed identity of local programs. */
  readonly identity: { readonly id: string; readonly appId: string }
}

export interface ConnectOptions {
  readonly vault: Vault
  readonly store: Store
  readonly unsealed: Unsealed
  readonly clock: Clock
  readonly principals: ConnectPrincipals
  /** Who makes new credentials; the server itself at a start, the operator when asked. */
  readonly call?: Call
}

/** Checks and makes the credentials that the connect files hold, the latter by operations. */
export function connectCredentials(options: ConnectOptions): ConnectCredentials {
  const { vault, principals, call = systemCall('connect files', principals.tenant.id) } = options
  const { administrator, identity, tenant } = principals
  const ports = signInPorts(options)
  return {
    stillValid: (kind, secret) => isCredentialValid(ports, tenant, ownCredential(kind, secret, administrator.appId)),
    async create(kind) {
      const principal = kind === 'clientSecret' ? administrator.id : identity.id
      const input = { principal, displayName: CONNECT_CREDENTIAL, replace: true }
      return (await vault.credentials.createSecret(call, input)).secret
    },
  }
}

/** What checks credentials that the server itself has handed out. */
export function signInPorts({
  vault,
  store,
  unsealed,
  clock,
}: Pick<ConnectOptions, 'vault' | 'store' | 'unsealed' | 'clock'>): SignInPorts {
  return {
    store,
    seal: unsealed.keyring,
    clock,
    view: () => vault.view(),
    fetchJson: () => Promise.reject(new TypeError('own credentials need nothing from elsewhere')),
  }
}

function ownCredential(kind: ConnectCredential, secret: Secret, clientId: string): OwnCredential {
  return kind === 'clientSecret' ? { kind, clientId, secret } : { kind, secret }
}
