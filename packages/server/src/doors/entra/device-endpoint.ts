import type { Identity, Tenant } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { EntraRefusal } from './entra-error.ts'
import { entraFacts } from './entra-facts.ts'
import { knownClient } from './known-client.ts'
import type { EntraSettings } from './settings.ts'
import { readForm, required, single } from './token-form.ts'
import { readUserScope } from './user-scope.ts'

/** Where people type the codes of their devices. */
export const DEVICE_PAGE = '/devicelogin'

/** Lets a device wait for a person (RFC 8628 §3.1). @throws EntraRefusal, Fault TooManyRequests */
export async function answerDeviceRequest(
  request: WireRequest,
  tenant: Tenant,
  identity: Identity,
  { services }: EntraSettings,
): Promise<object> {
  const form = readForm(request)
  const client = await knownClient(identity, tenant, required(form, 'client_id'))
  if (!client.allowsDeviceCode) throw new EntraRefusal('ClientProofMissing')
  const [scope, resource] = [single(form, 'scope'), single(form, 'resource')]
  const { audience, offline, isV1 } = readUserScope({ scope, resource }, services)
  const wanted = { client: client.id, audience, offline, address: request.clientAddress }
  const started = await identity.devices.start(tenant, wanted, entraFacts(request))
  const { deviceCode, userCode, lifetimeSeconds, intervalSeconds } = started
  const page = `${originOf(request)}${DEVICE_PAGE}`
  const number = (value: number): number | string => (isV1 ? String(value) : value)
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    // The name of drafts of RFC 8628, which clients of v1 read.
    verification_url: page,
    expires_in: number(lifetimeSeconds),
    interval: number(intervalSeconds),
    message: `To sign in, open the page ${page} in a browser and enter the code ${userCode}.`,
  }
}
