import type { Attributes, DirectoryCollection, Json } from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { badRequest } from './graph-refusal.ts'
import { isRedirectUri } from './redirect-uri.ts'

type Form = 'text' | 'texts' | 'boolean' | 'object' | 'objects' | 'platform'

const PROFILE = { description: 'text', mailNickname: 'text' } as const

/** What is kept as it was said; the other properties are read one by one, or refused. */
const FORMS: Readonly<Record<DirectoryCollection, Readonly<Record<string, Form>>>> = {
  applications: {
    description: 'text',
    notes: 'text',
    tags: 'texts',
    signInAudience: 'text',
    isFallbackPublicClient: 'boolean',
    isDeviceOnlyAuthSupported: 'boolean',
    serviceManagementReference: 'text',
    groupMembershipClaims: 'text',
    samlMetadataUrl: 'text',
    api: 'object',
    info: 'object',
    optionalClaims: 'object',
    parentalControlSettings: 'object',
    publicClient: 'platform',
    spa: 'platform',
    web: 'platform',
    appRoles: 'objects',
    requiredResourceAccess: 'objects',
  },
  servicePrincipals: {
    description: 'text',
    notes: 'text',
    tags: 'texts',
    homepage: 'text',
    loginUrl: 'text',
    logoutUrl: 'text',
    preferredSingleSignOnMode: 'text',
    appRoleAssignmentRequired: 'boolean',
    alternativeNames: 'texts',
    notificationEmailAddresses: 'texts',
    replyUrls: 'texts',
  },
  users: {
    mailNickname: 'text',
    mail: 'text',
    otherMails: 'texts',
    givenName: 'text',
    surname: 'text',
    jobTitle: 'text',
    department: 'text',
    companyName: 'text',
    employeeId: 'text',
    officeLocation: 'text',
    mobilePhone: 'text',
    businessPhones: 'texts',
    preferredLanguage: 'text',
    usageLocation: 'text',
    onPremisesImmutableId: 'text',
    streetAddress: 'text',
    city: 'text',
    state: 'text',
    country: 'text',
    postalCode: 'text',
  },
  groups: { ...PROFILE, visibility: 'text' },
}

/**
 * The properties of a body that are kept as they are.
 * @param read the names of those that the route reads itself.
 * @throws GraphRefusal for one that is not known, because to leave it out would be to do something
 *   else, and for one of another form.
 */
export function attributesOf(
  body: object,
  collection: DirectoryCollection,
  read: readonly string[],
): Attributes {
  const kept: [string, Json][] = []
  for (const [name, value] of Object.entries(body)) {
    if (read.includes(name) || name.startsWith('@odata.')) continue
    const forms = FORMS[collection]
    const form = Object.hasOwn(forms, name) ? forms[name] : undefined
    if (form === undefined) {
      throw badRequest(
        `Invalid property '${shorten(name, 64)}'. It is read-only, or not kept here.`,
      )
    }
    if (value !== null && !isOf(form, value)) {
      throw badRequest(`Invalid value specified for property '${name}': it must be ${NAMES[form]}.`)
    }
    kept.push([name, value as Json])
  }
  return Object.fromEntries(kept)
}

const NAMES: Readonly<Record<Form, string>> = {
  text: 'a string',
  texts: 'an array of strings',
  boolean: 'true or false',
  object: 'a JSON object',
  objects: 'an array of JSON objects',
  platform:
    'a JSON object, and its redirectUris an array of strings, each a URI of at most 256 characters ' +
    'without a fragment, with https or a scheme of the program; http leads to the own machine alone',
}

function isOf(form: Form, value: unknown): boolean {
  switch (form) {
    case 'text':
      return typeof value === 'string' && value.isWellFormed()
    case 'boolean':
      return typeof value === 'boolean'
    case 'texts':
      return isTexts(value)
    case 'object':
      return isObject(value)
    case 'objects':
      return Array.isArray(value) && value.every(isObject)
    case 'platform':
      return (
        isObject(value) &&
        (value['redirectUris'] === undefined || areRedirectUris(value['redirectUris']))
      )
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one.isWellFormed())
}

function areRedirectUris(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && isRedirectUri(one))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
