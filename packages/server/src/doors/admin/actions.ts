import {
  Fault,
  PRINCIPAL_TYPES,
  Secret,
  systemCall,
  type Call,
  type Operations,
  type RevokeCertificateInput,
} from '@claviger/vault'
import { Type, type TProperties } from 'typebox'
import { exportedEntry } from '../../audit-export/exported-entry.ts'
import { action, type AdminAction } from './action.ts'

/** What the operator manages. Objects of a vault are not among it: their door is the data plane. */
type AdminNoun =
  | 'resourceGroups'
  | 'vaults'
  | 'principals'
  | 'credentials'
  | 'users'
  | 'groups'
  | 'roleAssignments'
  | 'roles'
  | 'access'
  | 'audit'
  | 'seal'
  | 'issuerKeys'
  | 'records'
  | 'tenants'

/** Each operation of these nouns has a row, or the table does not compile. */
type AdminActions = {
  readonly [Noun in AdminNoun]: { readonly [Verb in keyof Operations[Noun]]: AdminAction }
} & {
  /** Of certificates what the data plane has no call for. */
  readonly certificates: {
    readonly [Verb in 'revoke' | 'listIssued' & keyof Operations['certificates']]: AdminAction
  }
}

// Long texts would only make the audit grow; what is right is for the operation to say.
const text = Type.String({ maxLength: 1024 })
const texts = Type.Array(text, { maxItems: 256 })
const vaultName = Type.String({ pattern: '^[0-9A-Za-z-]{1,24}$' })
const seconds = Type.Integer({ minimum: 0 })
const guid = Type.String({ pattern: '^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' })
const sequence = Type.Integer({ minimum: 0 })
const authorization = Type.Enum(['rbac', 'accessPolicies'])
const permissions = object({
  keys: Type.Optional(texts),
  secrets: Type.Optional(texts),
  certificates: Type.Optional(texts),
  storage: Type.Optional(texts),
})
const policy = object({ principal: text, appId: Type.Optional(text), permissions })
const tags = Type.Record(text, text)
const vaultSettings = {
  tags: Type.Optional(tags),
  sku: Type.Optional(Type.Enum(['standard', 'premium'])),
  enabledForDeployment: Type.Optional(Type.Boolean()),
  enabledForDiskEncryption: Type.Optional(Type.Boolean()),
  enabledForTemplateDeployment: Type.Optional(Type.Boolean()),
  networkAcls: Type.Optional(
    object({
      bypass: Type.Enum(['AzureServices', 'None']),
      defaultAction: Type.Enum(['Allow', 'Deny']),
      ipRules: Type.Array(text, { maxItems: 1000 }),
      virtualNetworkRules: Type.Array(object({ id: text }), { maxItems: 200 }),
    }),
  ),
  publicNetworkAccess: Type.Optional(Type.Enum(['Enabled', 'Disabled'])),
}
const groupName = object({ name: text })
const inVault = object({ vault: vaultName })
const membership = object({ group: text, member: text })

const assignment = object({ id: text, scope: Type.Optional(text) })
const role = {
  name: text,
  description: text,
  actions: texts,
  notActions: texts,
  dataActions: texts,
  notDataActions: texts,
  assignableScopes: Type.Optional(texts),
}

const actions: AdminActions = {
  tenants: {
    create: action(
      object({ displayName: text, location: Type.Optional(text) }),
      (vault, call, input) => vault.tenants.create(call, input),
      ({ tenant, administrator: { principal, credential } }) => ({
        ...tenant,
        appId: principal.appId,
        secret: shownOnce(credential),
      }),
    ),
    list: action(object({}), (vault, call) => vault.tenants.list(call, {})),
  },
  vaults: {
    create: action(
      object({
        name: text,
        location: Type.Optional(text),
        authorization: Type.Optional(authorization),
        accessPolicies: Type.Optional(Type.Array(policy, { maxItems: 1024 })),
        retentionDays: Type.Optional(Type.Integer()),
        purgeProtection: Type.Optional(Type.Boolean()),
        resourceGroup: Type.Optional(text),
        ...vaultSettings,
      }),
      (vault, call, input) => vault.vaults.create(call, input),
    ),
    update: action(
      object({
        vault: vaultName,
        authorization: Type.Optional(authorization),
        purgeProtection: Type.Optional(Type.Boolean()),
        ...vaultSettings,
      }),
      (vault, call, input) => vault.vaults.update(call, input),
    ),
    get: action(inVault, (vault, call, input) => vault.vaults.get(call, input)),
    put: action(
      object({
        name: text,
        resourceGroup: text,
        location: text,
        accessPolicies: Type.Array(policy, { maxItems: 1024 }),
        authorization: Type.Optional(authorization),
        newAuthorization: authorization,
        retentionDays: Type.Optional(Type.Integer()),
        purgeProtection: Type.Optional(Type.Literal(true)),
        ...vaultSettings,
      }),
      (vault, call, input) => vault.vaults.put(call, input),
    ),
    select: action(
      object({
        resourceGroup: Type.Optional(text),
        tag: Type.Optional(object({ name: text, value: Type.Optional(text) })),
        maximumResults: Type.Optional(Type.Integer()),
        after: Type.Optional(text),
      }),
      (vault, call, input) => vault.vaults.select(call, input),
    ),
    selectDeleted: action(
      object({ maximumResults: Type.Optional(Type.Integer()), after: Type.Optional(text) }),
      (vault, call, input) => vault.vaults.selectDeleted(call, input),
    ),
    getDeleted: action(object({ vault: vaultName, location: text }), (vault, call, input) =>
      vault.vaults.getDeleted(call, input),
    ),
    getPurgeProgress: action(inVault, (vault, call, input) =>
      vault.vaults.getPurgeProgress(call, input),
    ),
    checkName: action(groupName, (vault, call, input) => vault.vaults.checkName(call, input)),
    changeAccessPolicies: action(
      object({
        vault: vaultName,
        change: Type.Enum(['add', 'replace', 'remove']),
        policies: Type.Array(policy, { maxItems: 1024 }),
      }),
      (vault, call, input) => vault.vaults.changeAccessPolicies(call, input),
    ),
    describe: action(inVault, (vault, call, input) => vault.vaults.describe(call, input)),
    list: action(object({}), (vault, call) => vault.vaults.list(call, {})),
    delete: action(inVault, (vault, call, input) => vault.vaults.delete(call, input)),
    recover: action(inVault, (vault, call, input) => vault.vaults.recover(call, input)),
    purge: action(inVault, (vault, call, input) => vault.vaults.purge(call, input)),
    setAccessPolicy: action(object({ vault: vaultName, policy }), (vault, call, input) =>
      vault.vaults.setAccessPolicy(call, input),
    ),
    removeAccessPolicy: action(object(
      { vault: vaultName, principal: text },
    ), (vault, call, input) =>
      vault.vaults.removeAccessPolicy(call, input),
    ),
  },
  resourceGroups: {
    create: action(
      object({ name: text, location: text, tags: Type.Optional(tags) }),
      (vault, call, input) => vault.resourceGroups.create(call, input),
    ),
    update: action(object({ name: text, tags: Type.Optional(tags) }), (vault, call, input) =>
      vault.resourceGroups.update(call, input),
    ),
    get: action(groupName, (vault, call, input) => vault.resourceGroups.get(call, input)),
    list: action(object({}), (vault, call) => vault.resourceGroups.list(call, {})),
    delete: action(groupName, (vault, call, input) => vault.resourceGroups.delete(call, input)),
  },
  principals: {
    create: action(
      object({
        kind: Type.Enum(['application', 'managedIdentity', 'user', 'group', 'sessionRole']),
        displayName: text,
        userPrincipalName: Type.Optional(text),
      }),
      (vault, call, input) => vault.principals.create(call, input),
    ),
    list: action(object({}), (vault, call) => vault.principals.list(call, {})),
    update: action(
      object({
        principal: text,
        enabled: Type.Optional(Type.Boolean()),
        revokeTokens: Type.Optional(Type.Literal(true)),
      }),
      (vault, call, input) => vault.principals.update(call, input),
    ),
    delete: action(object({ principal: text }), (vault, call, input) =>
      vault.principals.delete(call, input),
    ),
  },
  credentials: {
    addCertificate: action(
      object({
        principal: text,
        displayName: text,
        certificate: Type.String({ maxLength: 32_768 }),
      }),
      (vault, call, { certificate, ...rest }) =>
        vault.credentials.addCertificate(call, { ...rest, certificate: Buffer.from(certificate) }),
    ),
    addFederated: action(
      object({
        principal: text,
        displayName: text,
        issuer: text,
        subject: text,
        audiences: texts,
        jwks: Type.Optional(Type.String({ maxLength: 65_536 })),
      }),
      (vault, call, input) => vault.credentials.addFederated(call, input),
    ),
    createSecret: action(
      object({
        principal: text,
        displayName: text,
        expiresAt: Type.Optional(seconds),
        replace: Type.Optional(Type.Boolean()),
      }),
      (vault, call, input) => vault.credentials.createSecret(call, input),
      ({ credential, secret }) => ({ ...credential, secret: shownOnce(secret) }),
    ),
    createAccessKey: action(
      object({ principal: text, displayName: text, replace: Type.Optional(Type.Boolean()) }),
      (vault, call, input) => vault.credentials.createAccessKey(call, input),
      ({ credential, accessKeyId, secret }) => ({
        ...credential,
        accessKeyId,
        secret: shownOnce(secret),
      }),
    ),
    update: action(
      object({ principal: text, credential: text, enabled: Type.Boolean() }),
      (vault, call, input) => vault.credentials.update(call, input),
    ),
    list: action(object({ principal: text }), (vault, call, input) =>
      vault.credentials.list(call, input),
    ),
    delete: action(object({ principal: text, credential: text }), (vault, call, input) =>
      vault.credentials.delete(call, input),
    ),
  },
  users: {
    setPassword: action(
      object({ principal: text, password: text }),
      (vault, call, { principal, password }) =>
        vault.users.setPassword(call, { principal, password: Secret.fromText(password) }),
    ),
    linkIdentity: action(
      object({ principal: text, issuer: text, subject: text }),
      (vault, call, input) => vault.users.linkIdentity(call, input),
    ),
  },
  groups: {
    addMember: action(membership, (vault, call, input) => vault.groups.addMember(call, input)),
    removeMember: action(
      membership,
      (vault, call, input) => vault.groups.removeMember(call, input),
    ),
  },
  roleAssignments: {
    create: action(
      object({
        principal: text,
        principalType: Type.Optional(Type.Enum([...PRINCIPAL_TYPES])),
        roleDefinition: text,
        scope: text,
        description: Type.Optional(text),
        condition: Type.Optional(Type.String({ maxLength: 8192 })),
        id: Type.Optional(text),
      }),
      (vault, call, input) => vault.roleAssignments.create(call, input),
    ),
    get: action(assignment, (vault, call, input) => vault.roleAssignments.get(call, input)),
    delete: action(assignment, (vault, call, input) => vault.roleAssignments.delete(call, input)),
    select: action(
      object({
        scope: text,
        isAtScope: Type.Optional(Type.Boolean()),
        principal: Type.Optional(text),
        assignedTo: Type.Optional(text),
        after: Type.Optional(text),
      }),
      (vault, call, input) => vault.roleAssignments.select(call, input),
    ),
    list: action(object({ principal: Type.Optional(text) }), (vault, call, input) =>
      vault.roleAssignments.list(call, input),
    ),
    restoreOwner: action(object({ tenant: Type.Optional(guid) }), (vault, call, { tenant }) =>
      vault.roleAssignments.restoreOwner(asServer(call, tenant), {}),
    ),
  },
  roles: {
    create: action(object(role), (vault, call, input) => vault.roles.create(call, input)),
    put: action(object({ ...role, id: text }), (vault, call, input) =>
      vault.roles.put(call, input),
    ),
    get: action(object({ id: text }), (vault, call, input) => vault.roles.get(call, input)),
    list: action(
      object({
        scope: Type.Optional(text),
        isAtScope: Type.Optional(Type.Boolean()),
        name: Type.Optional(text),
        kind: Type.Optional(Type.Enum(['builtIn', 'custom'])),
      }),
      (vault, call, input) => vault.roles.list(call, input),
    ),
    delete: action(object({ id: text }), (vault, call, input) => vault.roles.delete(call, input)),
  },
  access: {
    explain: action(
      object({
        principal: Type.Optional(text),
        action: text,
        isDataAction: Type.Optional(Type.Boolean()),
        scope: text,
        clientAddress: Type.Optional(text),
      }),
      (vault, call, input) => vault.access.explain(call, input),
    ),
    permissions: action(object({ scope: text }), (vault, call, input) =>
      vault.access.permissions(call, input),
    ),
  },
  audit: {
    list: action(
      object({ after: sequence, limit: Type.Optional(Type.Integer()) }),
      (vault, call, input) => vault.audit.list(call, input),
      (entries) => entries.map(exportedEntry),
    ),
    prune: action(object({ through: sequence }), (vault, call, input) =>
      vault.audit.prune(call, input),
    ),
  },
  certificates: {
    revoke: action(
      object({
        vault: vaultName,
        certificate: Type.Optional(text),
        version: Type.Optional(text),
        authority: Type.Optional(text),
        serial: Type.Optional(text),
        reason: Type.Optional(text),
      }),
      (vault, call, input) => vault.certificates.revoke(call, revocation(input)),
    ),
    listIssued: action(
      object({
        vault: vaultName,
        authority: Type.Optional(text),
        maximumResults: Type.Optional(Type.Integer()),
        after: Type.Optional(text),
      }),
      (vault, call, input) => vault.certificates.listIssued(call, input),
    ),
  },
  seal: {
    rotateRootKey: action(object({}), (vault, call) => vault.seal.rotateRootKey(call, {})),
    rotateDataKey: action(inVault, (vault, call, input) => vault.seal.rotateDataKey(call, input)),
  },
  issuerKeys: {
    rotate: action(
      object({ compromised: Type.Optional(Type.Boolean()) }),
      (vault, call, input) => vault.issuerKeys.rotate(call, input),
      ({ kid, createdAt, signsFrom }) => ({ kid, createdAt, signsFrom }),
    ),
  },
  records: {
    removeDamaged: action(object({ record: text }), (vault, call, input) =>
      vault.records.removeDamaged(call, input),
    ),
  },
}

/** The rows by path, `/<noun>/<verb>`. */
export const adminActions: ReadonlyMap<string, AdminAction> = new Map(
  Object.entries(actions).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, row]) => [`/${noun}/${verb}`, row] as const),
  ),
)

/** A certificate of the vault by its name, or one that may be gone by its serial number. */
function revocation({ vault, certificate: name, version, authority, serial, reason }: {
  readonly vault: string
  readonly certificate?: string
  readonly version?: string
  readonly authority?: string
  readonly serial?: string
  readonly reason?: string
}): RevokeCertificateInput {
  const why = reason === undefined ? {} : { reason }
  const isByName = authority === undefined && serial === undefined
  if (name !== undefined && isByName) {
    return { certificate: { vault, name, ...(version === undefined ? {} : { version }) }, ...why }
  }
  if (name === undefined && version === undefined && authority !== undefined && serial !== undefined) {
    return { vault, authority, serial, ...why }
  }
  throw new Fault('InvalidInput', {
    property: 'certificate',
    reason: 'give either a certificate, with or without its version, or an authority and a serial',
  })
}

function object<Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false })
}

/** Whoever can open the socket could do it to the data itself: it is not decided by roles. */
function asServer({ caller, request }: Call, tenant = caller.tenant): Call {
  return { caller: systemCall('operator', tenant.toLowerCase()).caller, request }
}

/** The one place of this door that lets a secret out, to the operator who has just made it. */
function shownOnce(secret: Secret): string {
  return Buffer.from(secret.reveal()).toString('utf8')
}
