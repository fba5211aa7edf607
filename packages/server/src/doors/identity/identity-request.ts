import { isGuid, Secret, type IdentityChoice, type IdentityProof } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { IdentityRefusal } from './identity-refusal.ts'

/** A program's request, read but not believed. */
export interface IdentityRequest {
  readonly proof: IdentityProof
  readonly choice: IdentityChoice
  readonly resource: string
  /** GUID of the tenant that the path names, when it names one. */
  readonly tenant: string | undefined
}

/** The header that proves the request, for each version of App Service's interface. */
const PROOF_HEADERS: Readonly<Record<string, string>> = {
  '2019-08-01': 'x-identity-header',
  '2017-09-01': 'secret',
}

/** Where a path may name a tenant. */
const FIRST_WORD = /^\/+([^/]+)/

/**
 * Reads a request in the form of App Service. The path is free, because clients take the whole
 * address from IDENTITY_ENDPOINT; one that begins with a tenant's id asks for an identity of that
 * tenant.
 * @throws IdentityRefusal
 */
export function readAppServiceRequest({ path, query, headers }: WireRequest): IdentityRequest {
  const parameters = new URLSearchParams(query)
  const apiVersion = parameters.get('api-version') ?? ''
  const headerName = Object.hasOwn(PROOF_HEADERS, apiVersion)
    ? PROOF_HEADERS[apiVersion]
    : undefined
  if (headerName === undefined) {
    throw new IdentityRefusal(
      400,
      `api-version must be one of ${Object.keys(PROOF_HEADERS).join(', ')}.`,
    )
  }
  const header = headers[headerName]
  if (header === undefined || header === '') {
    throw new IdentityRefusal(
      401,
      `The header ${headerName} is missing; its value is IDENTITY_HEADER.`,
    )
  }
  return {
    proof: { kind: 'header', header: Secret.fromText(header) },
    choice: choiceIn(parameters),
    resource: resourceIn(parameters),
    tenant: tenantIn(path),
  }
}

function tenantIn(path: string): string | undefined {
  const word = FIRST_WORD.exec(path)?.[1]
  return word !== undefined && isGuid(word) ? word : undefined
}

/**
 * Reads a request in the form of IMDS, which proves nothing but that it comes from this machine.
 * @param clientId of the one identity that the configuration gives to whoever asks.
 * @throws IdentityRefusal
 */
export function readImdsRequest(
  { query, headers }: WireRequest,
  clientId: string,
): IdentityRequest {
  // A browser cannot be made to send it, nor can most programs that fetch what they are told to.
  if (headers['metadata']?.toLowerCase() !== 'true') {
    throw new IdentityRefusal(400, 'Required metadata header not specified')
  }
  const parameters = new URLSearchParams(query)
  if (!parameters.has('api-version'))
    throw new IdentityRefusal(400, 'api-version is missing, such as 2018-02-01.')
  return {
    proof: { kind: 'machine', clientId },
    choice: choiceIn(parameters),
    resource: resourceIn(parameters),
    tenant: undefined,
  }
}

/** Tells the IMDS path; clients add slashes before and after it. */
export function isImdsPath(path: string): boolean {
  return /^\/+metadata\/identity\/oauth2\/token\/*$/i.test(path)
}

/** The names that the versions of both interfaces and their clients use. */
function choiceIn(parameters: URLSearchParams): IdentityChoice {
  const clientId = first(parameters, 'client_id', 'clientid')
  const objectId = first(parameters, 'object_id', 'principal_id')
  const resourceId = first(parameters, 'mi_res_id', 'msi_res_id')
  return {
    ...(clientId === undefined ? {} : { clientId }),
    ...(objectId === undefined ? {} : { objectId }),
    ...(resourceId === undefined ? {} : { resourceId }),
  }
}

function first(parameters: URLSearchParams, ...names: readonly string[]): string | undefined {
  const name = names.find((one) => (parameters.get(one) ?? '') !== '')
  return name === undefined ? undefined : (parameters.get(name) ?? undefined)
}

function resourceIn(parameters: URLSearchParams): string {
  const resource = parameters.get('resource') ?? ''
  if (resource === '')
    throw new IdentityRefusal(400, 'resource is missing, such as https://vault.<domain>.')
  return resource
}
