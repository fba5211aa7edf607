import { isFault, type ClientApplication, type Identity, type Tenant } from '@claviger/vault'
import { EntraRefusal } from './entra-error.ts'

/** The program that a client id names. @throws EntraRefusal ClientUnknown */
export async function knownClient(
  identity: Identity,
  tenant: Tenant,
  clientId: string,
): Promise<ClientApplication> {
  try {
    return await identity.people.client(tenant, clientId)
  } catch (thrown) {
    if (isFault(thrown, 'SignInFailed')) throw new EntraRefusal('ClientUnknown', clientId)
    throw thrown
  }
}
