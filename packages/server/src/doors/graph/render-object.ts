import type {
  Application,
  DirectoryCollection,
  DirectoryEntry,
  Json,
  Principal,
} from '@claviger/vault'
import type { GraphSettings } from './settings.ts'
import { graphDate } from './graph-date.ts'
import { credentialsOf } from './render-credential.ts'

/** An object of the directory as this wire shows it. */
export type GraphObject = Readonly<Record<string, unknown>>

type EntryOf<Collection> = Extract<DirectoryEntry, { readonly collection: Collection }>

const TYPES = {
  applications: 'application',
  servicePrincipals: 'servicePrincipal',
  users: 'user',
  groups: 'group',
} as const satisfies Record<DirectoryCollection, string>

/** `#microsoft.graph.user`, … : needed where a list holds more than one kind. */
export function typeOf({ collection }: DirectoryEntry): string {
  return `#microsoft.graph.${TYPES[collection]}`
}

/** Renders an entry with every property that its kind has here. */
export function renderObject(
  entry: DirectoryEntry,
  settings: GraphSettings,
  tenant: string,
): GraphObject {
  switch (entry.collection) {
    case 'applications':
      return applicationOf(entry, settings)
    case 'servicePrincipals':
      return servicePrincipalOf(entry, tenant)
    case 'users':
      return userOf(entry.principal)
    case 'groups':
      return groupOf(entry.principal)
  }
}

/** As `renderObject`, with its type before all else. */
export function renderTyped(
  entry: DirectoryEntry,
  settings: GraphSettings,
  tenant: string,
): GraphObject {
  return { '@odata.type': typeOf(entry), ...renderObject(entry, settings, tenant) }
}

function applicationOf(
  { application, credentials }: EntryOf<'applications'>,
  { domain }: GraphSettings,
): GraphObject {
  const { id, appId, displayName, createdAt, identifierUris, attributes = {} } = application
  return {
    id,
    deletedDateTime: null,
    appId,
    applicationTemplateId: null,
    disabledByMicrosoftStatus: null,
    createdDateTime: graphDate(createdAt),
    displayName,
    description: null,
    groupMembershipClaims: null,
    isFallbackPublicClient: null,
    notes: null,
    optionalClaims: null,
    publisherDomain: domain,
    serviceManagementReference: null,
    signInAudience: 'AzureADMyOrg',
    tags: [],
    appRoles: [],
    requiredResourceAccess: [],
    ...attributes,
    identifierUris,
    api: withDefaults(attributes['api'], {
      acceptMappedClaims: null,
      knownClientApplications: [],
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    }),
    publicClient: withDefaults(attributes['publicClient'], { redirectUris: [] }),
    spa: withDefaults(attributes['spa'], { redirectUris: [] }),
    web: withDefaults(attributes['web'], {
      homePageUrl: null,
      logoutUrl: null,
      redirectUris: [],
      implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    }),
    ...credentialsOf(credentials),
  }
}

function servicePrincipalOf(
  { principal, application, credentials }: EntryOf<'servicePrincipals'>,
  tenant: string,
): GraphObject {
  const { id, appId = '', displayName, createdAt, enabled, attributes = {} } = principal
  return {
    id,
    deletedDateTime: null,
    alternativeNames: [],
    appRoleAssignmentRequired: false,
    description: null,
    homepage: null,
    loginUrl: null,
    logoutUrl: null,
    notes: null,
    notificationEmailAddresses: [],
    preferredSingleSignOnMode: null,
    replyUrls: [],
    tags: [],
    ...attributes,
    accountEnabled: enabled,
    appDisplayName: displayName,
    appId,
    appOwnerOrganizationId: tenant,
    appRoles: [],
    createdDateTime: graphDate(createdAt),
    displayName,
    oauth2PermissionScopes: [],
    servicePrincipalNames: [...namesOf(application), appId],
    servicePrincipalType: application === undefined ? 'ManagedIdentity' : 'Application',
    signInAudience: application?.attributes?.['signInAudience'] ?? 'AzureADMyOrg',
    ...credentialsOf(credentials),
  }
}

function userOf(principal: Principal): GraphObject {
  const {
    id,
    displayName,
    userPrincipalName = null,
    createdAt,
    enabled,
    attributes = {},
  } = principal
  return {
    businessPhones: [],
    givenName: null,
    jobTitle: null,
    mail: null,
    mailNickname: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: null,
    ...attributes,
    accountEnabled: enabled,
    createdDateTime: graphDate(createdAt),
    displayName,
    id,
    userPrincipalName,
    userType: 'Member',
  }
}

function groupOf({ id, displayName, createdAt, attributes = {} }: Principal): GraphObject {
  return {
    description: null,
    mail: null,
    mailNickname: null,
    visibility: null,
    ...attributes,
    createdDateTime: graphDate(createdAt),
    deletedDateTime: null,
    displayName,
    groupTypes: [],
    id,
    isAssignableToRole: null,
    mailEnabled: false,
    membershipRule: null,
    onPremisesSyncEnabled: null,
    proxyAddresses: [],
    renewedDateTime: graphDate(createdAt),
    securityEnabled: true,
  }
}

function namesOf(application: Application | undefined): readonly string[] {
  return application?.identifierUris ?? []
}

/** A platform of an application, with what was never said of it. */
function withDefaults(value: Json | undefined, defaults: object): object {
  return { ...defaults, ...(isObject(value) ? value : {}) }
}

function isObject(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
