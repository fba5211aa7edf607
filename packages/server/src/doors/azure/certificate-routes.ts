import {
  Secret,
  type CertificateRef,
  type IssuerRef,
  type PendingCertificate,
  type PolicyInput,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { AzureQuery } from './azure-query.ts'
import { curveOf } from '../../rest/curve-names.ts'
import { listResult, pageInput } from './paging.ts'
import {
  begunBundle,
  certificateBundle,
  certificateItem,
  contactsBundle,
  deletedCertificateBundle,
  deletedCertificateItem,
  issuerBundle,
  issuerItem,
  pendingBundle,
  pendingId,
  policyBundle,
} from './render-certificate.ts'
import type { AzureRoute, RouteRequest } from './route.ts'

const since = '2016-10-01'

/** The published operations on certificates, their contacts and their issuers. */
export const CERTIFICATE_ROUTES: readonly AzureRoute[] = [
  {
    method: 'POST',
    path: '/certificates/:name/create',
    since,
    operation: 'certificates/create',
    successStatus: 202,
    async answer(request) {
      const given = azure.readCertificateCreateParameters(request.body())
      const input = { certificate: certificateOf(request), ...version(given) }
      const pending = await request.vault.certificates.create(request.call, input)
      request.setHeader('Location', pendingUrl(request, pending))
      request.setHeader('Retry-After', pending.status === 'inProgress' ? '10' : '1')
      return begunBundle(request, pending)
    },
  },
  {
    method: 'POST',
    path: '/certificates/:name/import',
    since,
    operation: 'certificates/import',
    successStatus: 200,
    async answer(request) {
      const { value, password, ...given } = azure.readCertificateImportParameters(request.body())
      const input = {
        certificate: certificateOf(request),
        value: Secret.fromText(value),
        ...(password === undefined ? {} : { password: Secret.fromText(password) }),
        ...version(given),
      }
      try {
        const imported = await request.vault.certificates.import(request.call, input)
        return certificateBundle(request, imported)
      } finally {
        input.value.wipe()
        input.password?.wipe()
      }
    },
  },
  {
    method: 'GET',
    path: '/certificates/:name/:version?',
    since,
    operation: 'certificates/get',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const found = await request.vault.certificates.get(request.call, { certificate })
      return certificateBundle(request, found)
    },
  },
  {
    method: 'PATCH',
    path: '/certificates/:name/:version?',
    since,
    operation: 'certificates/update',
    successStatus: 200,
    async answer(request) {
      const changes = version(azure.readCertificateUpdateParameters(request.body()))
      const input = { certificate: certificateOf(request), ...changes }
      const updated = await request.vault.certificates.update(request.call, input)
      return certificateBundle(request, updated)
    },
  },
  {
    method: 'DELETE',
    path: '/certificates/:name',
    since,
    operation: 'certificates/delete',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const deleted = await request.vault.certificates.delete(request.call, { certificate })
      return deletedCertificateBundle(request, deleted)
    },
  },
  {
    method: 'GET',
    path: '/certificates',
    since,
    operation: 'certificates/list',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request), ...pendingToo(request) }
      const page = await request.vault.certificates.list(request.call, input)
      return listResult(request, '/certificates', page, (one) => certificateItem(request, one))
    },
  },
  {
    method: 'GET',
    path: '/certificates/:name/versions',
    since,
    operation: 'certificates/listVersions',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, name: request.name, ...pageInput(request) }
      const page = await request.vault.certificates.listVersions(request.call, input)
      const path = `/certificates/${request.name}/versions`
      return listResult(request, path, page, (one) => certificateItem(request, one, one.version))
    },
  },
  {
    method: 'GET',
    path: '/certificates/:name/policy',
    since,
    operation: 'certificates/getPolicy',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const found = await request.vault.certificates.getPolicy(request.call, { certificate })
      return policyBundle(request, found)
    },
  },
  {
    method: 'PATCH',
    path: '/certificates/:name/policy',
    since,
    operation: 'certificates/updatePolicy',
    successStatus: 200,
    async answer(request) {
      const policy = policyInput(azure.readCertificatePolicy(request.body()))
      const input = { certificate: certificateOf(request), policy }
      const updated = await request.vault.certificates.updatePolicy(request.call, input)
      return policyBundle(request, updated)
    },
  },
  {
    method: 'GET',
    path: '/certificates/:name/pending',
    since,
    operation: 'certificates/getPending',
    successStatus: 200,
    async answer(request) {
      const requestId = request.query.get('request_id')
      const certificate = certificateOf(request)
      const input = { certificate, ...azure.omitUndefined({ requestId }) }
      const pending = await request.vault.certificates.getPending(request.call, input)
      if (pending.status === 'inProgress') request.setHeader('Retry-After', '10')
      return pendingBundle(request, pending)
    },
  },
  {
    method: 'PATCH',
    path: '/certificates/:name/pending',
    since,
    operation: 'certificates/cancelPending',
    successStatus: 200,
    async answer(request) {
      azure.readCancellation(request.body())
      const certificate = certificateOf(request)
      const pending = await request.vault.certificates.cancelPending(request.call, { certificate })
      return pendingBundle(request, pending)
    },
  },
  {
    method: 'DELETE',
    path: '/certificates/:name/pending',
    since,
    operation: 'certificates/deletePending',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const pending = await request.vault.certificates.deletePending(request.call, { certificate })
      return pendingBundle(request, pending)
    },
  },
  {
    method: 'POST',
    path: '/certificates/:name/pending/merge',
    since,
    operation: 'certificates/merge',
    successStatus: 201,
    async answer(request) {
      const given = azure.readCertificateMergeParameters(request.body())
      const input = { certificate: certificateOf(request), ...given }
      const merged = await request.vault.certificates.merge(request.call, input)
      const id = azure.objectId(request.origin, 'certificates', merged.properties.name)
      request.setHeader('Location', `${id}?api-version=${encodeURIComponent(request.apiVersion)}`)
      return certificateBundle(request, merged)
    },
  },
  {
    method: 'POST',
    path: '/certificates/:name/backup',
    since,
    operation: 'certificates/backup',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const blob = await request.vault.certificates.backup(request.call, { certificate })
      return { value: azure.encodeBase64url(blob) } satisfies azure.BackupResult
    },
  },
  {
    method: 'POST',
    path: '/certificates/restore',
    since,
    operation: 'certificates/restore',
    successStatus: 200,
    async answer(request) {
      const blob = (): Uint8Array => azure.readRestoreParameters(request.body())
      const input = { vault: request.container.name, blob }
      const restored = await request.vault.certificates.restore(request.call, input)
      return certificateBundle(request, restored)
    },
  },
  {
    method: 'PUT',
    path: '/certificates/contacts',
    since,
    operation: 'certificates/setContacts',
    successStatus: 200,
    async answer(request) {
      const contacts = azure.readContactsParameters(request.body())
      const input = { vault: request.container.name, contacts }
      const set = await request.vault.certificates.setContacts(request.call, input)
      return contactsBundle(request, set)
    },
  },
  {
    method: 'GET',
    path: '/certificates/contacts',
    since,
    operation: 'certificates/getContacts',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name }
      const found = await request.vault.certificates.getContacts(request.call, input)
      return contactsBundle(request, found)
    },
  },
  {
    method: 'DELETE',
    path: '/certificates/contacts',
    since,
    operation: 'certificates/deleteContacts',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name }
      const deleted = await request.vault.certificates.deleteContacts(request.call, input)
      return contactsBundle(request, deleted)
    },
  },
  {
    method: 'GET',
    path: '/certificates/issuers',
    since,
    operation: 'certificates/listIssuers',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request) }
      const page = await request.vault.certificates.listIssuers(request.call, input)
      return listResult(request, '/certificates/issuers', page, (one) => issuerItem(request, one))
    },
  },
  {
    method: 'PUT',
    path: '/certificates/issuers/:name',
    since,
    operation: 'certificates/setIssuer',
    successStatus: 200,
    async answer(request) {
      const { password, ...given } = azure.readIssuerSetParameters(request.body())
      const input = { issuer: issuerOf(request), ...given, ...secretPassword(password) }
      return issuerBundle(
        request,
        await request.vault.certificates.setIssuer(request.call, input),
      )
    },
  },
  {
    method: 'GET',
    path: '/certificates/issuers/:name',
    since,
    operation: 'certificates/getIssuer',
    successStatus: 200,
    async answer(request) {
      const issuer = issuerOf(request)
      return issuerBundle(
        request,
        await request.vault.certificates.getIssuer(request.call, { issuer }),
      )
    },
  },
  {
    method: 'PATCH',
    path: '/certificates/issuers/:name',
    since,
    operation: 'certificates/updateIssuer',
    successStatus: 200,
    async answer(request) {
      const { password, ...given } = azure.readIssuerUpdateParameters(request.body())
      const input = { issuer: issuerOf(request), ...given, ...secretPassword(password) }
      return issuerBundle(
        request,
        await request.vault.certificates.updateIssuer(request.call, input),
      )
    },
  },
  {
    method: 'DELETE',
    path: '/certificates/issuers/:name',
    since,
    operation: 'certificates/deleteIssuer',
    successStatus: 200,
    async answer(request) {
      const issuer = issuerOf(request)
      return issuerBundle(
        request,
        await request.vault.certificates.deleteIssuer(request.call, { issuer }),
      )
    },
  },
  {
    method: 'GET',
    path: '/deletedcertificates',
    since,
    operation: 'certificates/listDeleted',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request), ...pendingToo(request) }
      const page = await request.vault.certificates.listDeleted(request.call, input)
      return listResult(request, '/deletedcertificates', page, (one) =>
        deletedCertificateItem(request, one),
      )
    },
  },
  {
    method: 'GET',
    path: '/deletedcertificates/:name',
    since,
    operation: 'certificates/getDeleted',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const deleted = await request.vault.certificates.getDeleted(request.call, { certificate })
      return deletedCertificateBundle(request, deleted)
    },
  },
  {
    method: 'POST',
    path: '/deletedcertificates/:name/recover',
    since,
    operation: 'certificates/recover',
    successStatus: 200,
    async answer(request) {
      const certificate = certificateOf(request)
      const recovered = await request.vault.certificates.recover(request.call, { certificate })
      return certificateBundle(request, recovered)
    },
  },
  {
    method: 'DELETE',
    path: '/deletedcertificates/:name',
    since,
    operation: 'certificates/purge',
    successStatus: 204,
    async answer(request) {
      const input = { certificate: certificateOf(request) }
      while (!(await request.vault.certificates.purge(request.call, input)).done);
      return undefined
    },
  },
]

function certificateOf({ container, name, version: wanted }: RouteRequest): CertificateRef {
  return { vault: container.name, name, ...azure.omitUndefined({ version: wanted }) }
}

function issuerOf({ container, name }: RouteRequest): IssuerRef {
  return { vault: container.name, name }
}

function secretPassword(password: string | undefined): { readonly password?: Secret } {
  return password === undefined ? {} : { password: Secret.fromText(password) }
}

type GivenVersion = { readonly policy?: azure.CertificatePolicyParameters }

/** The wire's members under the domain's names. */
function version<Given extends GivenVersion>({
  policy,
  ...given
}: Given): Omit<Given, 'policy'> & { readonly policy?: PolicyInput } {
  return { ...given, ...(policy === undefined ? {} : { policy: policyInput(policy) }) }
}

function policyInput({ keySize, crv, ...given }: azure.CertificatePolicyParameters): PolicyInput {
  return { ...given, ...azure.omitUndefined({ keyBits: keySize, curve: crv && curveOf(crv) }) }
}

function pendingToo({ query }: { readonly query: AzureQuery }): { readonly includePending?: true } {
  return query.get('includePending')?.toLowerCase() === 'true' ? { includePending: true } : {}
}

/** As the service sends it, for clients that poll what they were told. */
function pendingUrl(request: RouteRequest, { name, requestId }: PendingCertificate): string {
  const query = `api-version=${encodeURIComponent(request.apiVersion)}&request_id=${requestId}`
  return `${pendingId(request, name)}?${query}`
}
