import { Fault } from '../fault.ts'
import type { Secret } from '../seal/secret.ts'
import { ClientAuthenticator, type SignInPorts } from './authenticate-client.ts'
import { IdentityAuthenticator } from './authenticate-identity.ts'
import type { Tenant } from './tenant.ts'

/** A credential that the server itself has handed out and finds in a file of its own. */
export type OwnCredential =
  | { readonly kind: 'clientSecret'; readonly clientId: string; readonly secret: Secret }
  | { readonly kind: 'identityHeader'; readonly secret: Secret }

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
    if (credential.kind === 'identityHeader') {
      const proof = { kind: 'header', header: credential.secret } as const
      await new IdentityAuthenticator(ports).authenticate(tenant, proof, {})
    } else {
      const proof = { kind: 'secret', secret: credential.secret } as const
      const { clientId } = credential
      await new ClientAuthenticator(ports).authenticate({ tenant: tenant.id, clientId, proof, clientAddress: '' })
    }
    return true
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.code === 'SignInFailed') return false
    throw thrown
  }
}
