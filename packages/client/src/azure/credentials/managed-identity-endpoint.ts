import { environment, fileOfNodeExists, operatingSystem } from '../../core/environment.ts'
import { AuthenticationError, CredentialUnavailableError } from '../../core/errors.ts'

/** Which identity of the machine is meant; its own unless one of these is given. */
export interface ManagedIdentityId {
  /** The application id of the identity. */
  readonly clientId?: string
  /** The id of the identity in the directory. */
  readonly objectId?: string
  /** The identity's ARM id. */
  readonly resourceId?: string
}

/** Where a platform gives tokens to what runs on it. */
export interface ManagedIdentityEndpoint {
  readonly platform: 'AppService' | 'CloudShell' | 'AzureArc' | 'Imds'
  readonly url: string
  /** What App Service wants to be shown. */
  readonly header?: string
  /** Whether the environment names it, so that it is surely there. */
  readonly isNamed: boolean
}

const IMDS = 'http://169.254.169.254'
const AZURE_ARC = 'http://127.0.0.1:40342/metadata/identity/oauth2/token'

/**
 * The endpoint that the environment names, in the order of the vendor's clients; else that of an
 * agent of Azure Arc which is installed; else that of virtual machines.
 * @throws AuthenticationError in Service Fabric and Machine Learning, whose endpoints would have to
 *   be asked in ways of their own: who has an identity there is not to become somebody else.
 */
export async function managedIdentityEndpoint(): Promise<ManagedIdentityEndpoint> {
  const {
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: header,
    IDENTITY_SERVER_THUMBPRINT: thumbprint,
    IMDS_ENDPOINT: imds,
    MSI_ENDPOINT: older,
    MSI_SECRET: secret,
    AZURE_POD_IDENTITY_AUTHORITY_HOST: own,
  } = environment()
  if (endpoint && header && thumbprint) throw notSupported('Service Fabric')
  if (endpoint && header) {
    return { platform: 'AppService', url: urlOf(endpoint), header, isNamed: true }
  }
  if (older && secret) throw notSupported('Machine Learning')
  if (older) return { platform: 'CloudShell', url: urlOf(older), isNamed: true }
  if (endpoint && imds) return { platform: 'AzureArc', url: urlOf(endpoint), isNamed: true }
  if (await isAgentOfArcInstalled()) return { platform: 'AzureArc', url: AZURE_ARC, isNamed: false }
  const base = own ? urlOf(own).replace(/\/+$/, '') : IMDS
  return { platform: 'Imds', url: `${base}/metadata/identity/oauth2/token`, isNamed: Boolean(own) }
}

/** The question for a token of the identity that is meant. */
export function managedIdentityUrl(
  { platform, url: base }: ManagedIdentityEndpoint,
  resource: string,
  { clientId, objectId, resourceId }: ManagedIdentityId,
): string {
  const url = new URL(base)
  const version = { AppService: '2019-08-01', AzureArc: '2020-06-01', Imds: '2018-02-01' }
  if (platform !== 'CloudShell') url.searchParams.set('api-version', version[platform])
  url.searchParams.set('resource', resource)
  const resourceIdName = platform === 'AppService' ? 'mi_res_id' : 'msi_res_id'
  if (resourceId !== undefined) url.searchParams.set(resourceIdName, resourceId)
  else if (objectId !== undefined) url.searchParams.set('object_id', objectId)
  else if (clientId) url.searchParams.set('client_id', clientId)
  return url.href
}

/** What a chain goes on after. */
export function noManagedIdentity(message: string): CredentialUnavailableError {
  return new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
}

function isAgentOfArcInstalled(): Promise<boolean> {
  const { ProgramFiles: programs = '' } = environment()
  const windows = `${programs}\\AzureConnectedMachineAgent\\himds.exe`
  const path = operatingSystem() === 'win32' ? windows : '/opt/azcmagent/bin/himds'
  return fileOfNodeExists(path)
}

function urlOf(said: string): string {
  if (/^https?:\/\//i.test(said) && URL.canParse(said)) return said
  const message = 'The endpoint of managed identities that the environment names is not a URL.'
  throw new AuthenticationError({ code: 'ManagedIdentityEndpointWrong', message })
}

function notSupported(platform: string): AuthenticationError {
  return new AuthenticationError({
    code: 'ManagedIdentityNotSupported',
    message:
      `The managed identities of ${platform} are not supported. Give the clients the ` +
      'ManagedIdentityCredential of @azure/identity.',
  })
}
