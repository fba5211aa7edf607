import type { AccessView } from '../access/access-cache.ts'
import { isGuid } from '../identifier.ts'
import { Secret } from '../seal/secret.ts'
import { epochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import type { SignedIn, SignInPorts } from './authenticate-client.ts'
import { credentialPrefix, type Credential } from './credential.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { managedIdentityResourceId } from './managed-identity.ts'
import type { Principal } from './principal.ts'
import { matchingSecret, readHashKey } from './secret-credential.ts'
import type { Tenant } from './tenant.ts'

/** Which identity the program asks for; it names none when it has only one. */
export interface IdentityChoice {
  readonly clientId?: string
  readonly objectId?: string
  readonly resourceId?: string
}

/** How a program on this machine shows that it may have an identity's tokens. */
export type IdentityProof =
  /** The value of IDENTITY_HEADER: client id, a dot, a secret of the identity. */
  | { readonly kind: 'header'; readonly header: Secret }
  /**
   * Being on this machine is enough (IMDS): the client id that the configuration gives everybody.
   */
  | { readonly kind: 'machine'; readonly clientId: string }

const NOBODY = '00000000-0000-0000-0000-000000000000'
const HEADER = /^([0-9a-f-]{36})\.(.{1,512})$/is

/** Checks what programs show at the managed-identity endpoint. */
export class IdentityAuthenticator {
  readonly #ports: SignInPorts

  constructor(ports: SignInPorts) {
    this.#ports = ports
  }

  /** @throws Fault SignInFailed */
  async authenticate(
    tenant: Tenant,
    proof: IdentityProof,
    choice: IdentityChoice,
  ): Promise<SignedIn> {
    const view = await this.#ports.view()
    const signedIn =
      proof.kind === 'header'
        ? await this.#byHeader(tenant.id, proof.header, view)
        : await this.#byPlace(tenant.id, proof.clientId, view)
    if (!signedIn.principal.enabled) throw failedSignIn('ApplicationDisabled')
    if (!isChosen(tenant, signedIn.principal, choice)) throw failedSignIn('IdentityUnknown')
    return signedIn
  }

  async #byHeader(tenant: string, header: Secret, view: AccessView): Promise<SignedIn> {
    const [, clientId = '', secret = ''] =
      HEADER.exec(Buffer.from(header.reveal()).toString('utf8')) ?? []
    const principal = await identityOf(tenant, clientId, view)
    const unit = new UnitOfWork(this.#ports.store, this.#ports.seal)
    const listed = await unit.listAll<Credential>(credentialPrefix(tenant, principal?.id ?? NOBODY))
    const credentials = listed.map(({ content }) => content.meta)
    const found = matchingSecret(
      await readHashKey(unit, tenant),
      credentials,
      Secret.fromText(secret),
    )
    if (principal === undefined || found === undefined) throw failedSignIn('IdentityHeaderWrong')
    if (found.expiresAt !== undefined && found.expiresAt <= epochSeconds(this.#ports.clock)) {
      throw failedSignIn('SecretExpired')
    }
    return { principal, method: 'managedIdentity', credential: found.id }
  }

  async #byPlace(tenant: string, clientId: string, view: AccessView): Promise<SignedIn> {
    const principal = await identityOf(tenant, clientId, view)
    if (principal === undefined) throw failedSignIn('IdentityUnknown')
    return { principal, method: 'managedIdentity', credential: 'imds' }
  }
}

async function identityOf(
  tenant: string,
  clientId: string,
  view: AccessView,
): Promise<Principal | undefined> {
  const principal = isGuid(clientId)
    ? await view.principalOfApplication(tenant, clientId)
    : undefined
  return principal?.kind === 'managedIdentity' ? principal : undefined
}

/** Whoever asks for another identity than the one it has proved gets none. */
function isChosen(tenant: Tenant, principal: Principal, choice: IdentityChoice): boolean {
  const named: readonly (readonly [string | undefined, string])[] = [
    [choice.clientId, principal.appId ?? ''],
    [choice.objectId, principal.id],
    [choice.resourceId, managedIdentityResourceId(tenant, principal)],
  ]
  return named.every(
    ([asked, is]) => asked === undefined || asked.toLowerCase() === is.toLowerCase(),
  )
}
