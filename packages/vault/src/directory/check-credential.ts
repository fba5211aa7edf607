import type { KeyObject } from 'node:crypto'
import { isFault } from '../fault.ts'
import type { Secret } from '../seal/secret.ts'
import { AccessKeyAuthenticator } from './authenticate-access-key.ts'
import { ClientKeyAuthenticator } from './authenticate-client-key.ts'
import { ClientAuthenticator, type SignInPorts } from './authenticate-client.ts'
import { IdentityAuthenticator } from './authenticate-identity.ts'
import { SigningKeys } from './signing-keys.ts'
import type { Tenant } from './tenant.ts'

/** A credential that the server itself has handed out and finds in a file of its own. */
export type OwnCredential =
  | { readonly kind: 'clientSecret'; readonly clientId: string; readonly secret: Secret }
  | { readonly kind: 'identityHeader'; readonly secret: Secret }
  | { readonly kind: 'accessKey'; readonly accessKeyId: string; readonly secret: Secret }
  /** @param publicKey that of the private key which is in the file. */
  | { readonly kind: 'clientKey'; readonly clientKeyId: string; readonly publicKey: KeyObject }

/**
 * Tells whether a credential would still be taken. It signs nobody in and is not audited, so it is
 * for the server's own files only, never for what came from outside.
 */
export async function isCredentialValid(
  ports: SignInPorts,
  tenant: Tenant,
  credential: OwnCredential,
): Promise<boolean> {
  try {
    await authenticate(ports, tenant, credential)
    return true
  } catch (thrown) {
    if (!isFault(thrown, 'SignInFailed')) throw thrown
    // From where its programs ask is not known here.
    return thrown.detail.reason === 'ClientAddressNotAllowed'
  }
}

async function authenticate(
  ports: SignInPorts,
  tenant: Tenant,
  credential: OwnCredential,
): Promise<unknown> {
  const keyPorts = { ...ports, keys: new SigningKeys(ports.store, ports.seal) }
  switch (credential.kind) {
    case 'identityHeader': {
      const proof = { kind: 'header', header: credential.secret } as const
      return new IdentityAuthenticator(ports).authenticate(tenant, proof, {})
    }
    case 'clientSecret': {
      const { clientId, secret } = credential
      const proof = { kind: 'secret', secret } as const
      const signIn = { tenant: tenant.id, clientId, proof, clientAddress: '' }
      return new ClientAuthenticator(ports).authenticate(signIn)
    }
    case 'accessKey': {
      const { accessKeyId, secret } = credential
      const verify = (known: Secret): boolean => known.equals(secret)
      return new AccessKeyAuthenticator(keyPorts).authenticate({ accessKeyId, verify })
    }
    case 'clientKey': {
      const { clientKeyId, publicKey } = credential
      const verify = (known: KeyObject): boolean => known.equals(publicKey)
      const proof = { clientKeyId, clientAddress: '', verify }
      return new ClientKeyAuthenticator(keyPorts).authenticate(proof)
    }
  }
}
