import type { Identity, IssuedToken, Tenant, TokenAudience } from '@claviger/vault'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import type { Log } from '../../log.ts'
import { originOf } from '../../origin.ts'
import { audienceOfResource } from '../sign-in/requested-audience.ts'
import { signInFacts } from '../sign-in/sign-in-facts.ts'
import { tokenHeaders } from '../sign-in/token-headers.ts'
import { IdentityRefusal, identityRefusalOf } from './identity-refusal.ts'
import {
  isImdsPath,
  readAppServiceRequest,
  readImdsRequest,
  type IdentityRequest,
} from './identity-request.ts'
import { whyNotLocal } from './local-request.ts'

export interface IdentityDoorOptions {
  readonly identity: Identity
  readonly log: Pick<Log, 'error'>
  /** The services that tokens are given for, that of the vaults first. */
  readonly services: readonly [TokenAudience, ...TokenAudience[]]
  /**
   * Client id of the identity that the IMDS form gives to every program here; absent: the form is
   * off.
   */
  readonly imdsClientId?: string
}

/**
 * The managed-identity endpoints, for plain HTTP on loopback: App Service's form at any path, and
 * that of IMDS when it is on.
 */
export function identityDoor(options: IdentityDoorOptions): Door {
  const { identity, log, services, imdsClientId } = options

  function read(request: WireRequest): IdentityRequest {
    const foreign = whyNotLocal(request)
    if (foreign !== undefined) throw new IdentityRefusal(403, foreign)
    if (request.method !== 'GET') throw new IdentityRefusal(405, 'Use GET.', { Allow: 'GET' })
    if (!isImdsPath(request.path)) return readAppServiceRequest(request)
    if (imdsClientId === undefined) {
      throw new IdentityRefusal(
        400,
        'The IMDS form is off. Use IDENTITY_ENDPOINT, or set CLAVIGER_IMDS=on.',
      )
    }
    return readImdsRequest(request, imdsClientId)
  }

  async function tenantOf(named: string | undefined): Promise<Tenant> {
    const view = await identity.view()
    const tenant = named === undefined ? await view.defaultTenant() : await view.tenant(named)
    if (tenant === undefined)
      throw new IdentityRefusal(400, 'The tenant in the path does not exist.')
    return tenant
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const { proof, choice, resource, tenant: named } = read(request)
    const requested = audienceOfResource(resource, services)
    if (!('audience' in requested)) {
      throw new IdentityRefusal(
        400,
        `The resource is not known here. Ask for https://${services[0].hosts[0]} of this server.`,
      )
    }
    const facts = signInFacts(
      request,
      originOf(request, 'http'),
      (thrown) => identityRefusalOf(thrown).status,
    )
    const { audience } = requested
    const token = await identity.grantToIdentity(
      { tenant: await tenantOf(named), proof, choice, audience },
      facts,
    )
    return {
      status: 200,
      headers: tokenHeaders(request.requestId),
      body: JSON.stringify(tokenBody(token, resource)),
    }
  }

  function errorAnswer(request: WireRequest, thrown: unknown): Answer {
    const { status, message, headers } = identityRefusalOf(thrown)
    const { requestId } = request
    if (status >= 500)
      log.error('An identity token failed through no fault of the client.', {
        requestId,
        ...faultFields(thrown),
      })
    const body = isImdsPath(request.path)
      ? {
          error: status === 400 ? 'invalid_request' : 'unauthorized_client',
          error_description: message,
        }
      : { statusCode: status, message }
    return {
      status,
      headers: { ...tokenHeaders(requestId), ...headers },
      body: JSON.stringify(body),
    }
  }

  return {
    name: 'identity',

    async answer(request: WireRequest): Promise<Answer> {
      try {
        return await perform(request)
      } catch (thrown) {
        return errorAnswer(request, thrown)
      }
    },

    refuse(request: WireRequest, refusal: ListenerRefusal): Answer {
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}

/** Every value is text, and `expires_on` counts seconds since 1970: Python and az take no date. */
function tokenBody(
  { accessToken, appId, lifetimeSeconds, expiresAt, notBefore }: IssuedToken,
  resource: string,
): object {
  return {
    access_token: accessToken,
    client_id: appId,
    expires_in: String(lifetimeSeconds),
    expires_on: String(expiresAt),
    ext_expires_in: String(lifetimeSeconds),
    not_before: String(notBefore),
    resource,
    token_type: 'Bearer',
  }
}

function listenerRefusal(refusal: ListenerRefusal): IdentityRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new IdentityRefusal(
        413,
        'The request body is too large; a request for a token has none.',
      )
    case 'BodyIncomplete':
      return new IdentityRefusal(408, 'The request did not arrive in time.')
    case 'Overloaded':
      return new IdentityRefusal(
        503,
        'The server has too many requests at the moment. Try again later.',
        { 'Retry-After': '1' },
      )
  }
}
