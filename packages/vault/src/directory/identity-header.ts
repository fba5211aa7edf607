import { Fault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { SecretCredential } from './credential.ts'
import type { Principal } from './principal.ts'
import { putSecretCredential, type NewSecretCredential } from './secret-credential.ts'

/**
 * Makes the header value by which programs on this machine prove to the managed-identity endpoint
 * that they may have the identity's tokens: its client id, a dot, and a secret of the server's making.
 * @throws Fault InvalidInput when the principal is not a managed identity
 */
export async function putIdentityHeader(
  unit: UnitOfWork,
  tenant: string,
  principal: Pick<Principal, 'id' | 'kind' | 'appId'>,
  input: NewSecretCredential,
): Promise<{ readonly credential: SecretCredential; readonly secret: Secret }> {
  if (principal.kind !== 'managedIdentity' || principal.appId === undefined) {
    throw new Fault('InvalidInput', { property: 'principal', reason: 'only a managed identity has an identity header' })
  }
  const { credential, secret } = await putSecretCredential(unit, tenant, principal.id, input)
  const header = Buffer.concat([Buffer.from(`${principal.appId}.`), secret.reveal()])
  return { credential, secret: new Secret(header) }
}
