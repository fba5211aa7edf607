import { Fault, Secret, type SecretProperties, type SecretRef } from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { AzureQuery } from './azure-query.ts'
import { listResult, pageInput } from './paging.ts'
import {
  deletedSecretBundle,
  deletedSecretItem,
  secretBundle,
  secretItem,
} from './render-secret.ts'
import type { AzureRoute, RouteRequest } from './route.ts'

/** The twelve published operations on secrets. */
export const SECRET_ROUTES: readonly AzureRoute[] = [
  {
    method: 'PUT',
    path: '/secrets/:name',
    since: '2016-10-01',
    operation: 'secrets/set',
    successStatus: 200,
    async answer(request) {
      const parameters = azure.readSecretSetParameters(request.body())
      const value = Secret.fromText(parameters.value)
      const input = { secret: secretOf(request), value, ...properties(parameters) }
      const set = await request.vault.secrets.set(request.call, input)
      return secretBundle(request, set, parameters.value)
    },
  },
  {
    method: 'PATCH',
    path: '/secrets/:name/:version?',
    since: '2016-10-01',
    operation: 'secrets/update',
    successStatus: 200,
    async answer(request) {
      const changes = properties(azure.readSecretUpdateParameters(request.body()))
      const input = { secret: secretOf(request), ...changes }
      return secretBundle(request, await request.vault.secrets.update(request.call, input))
    },
  },
  {
    method: 'GET',
    path: '/secrets/:name/:version?',
    since: '2016-10-01',
    operation: 'secrets/get',
    successStatus: 200,
    async answer(request) {
      const outContentType = outContentTypeOf(request.query)
      const input = { secret: secretOf(request), ...azure.omitUndefined({ outContentType }) }
      const { properties: found, value } = await request.vault.secrets.get(request.call, input)
      return secretBundle(request, found, Buffer.from(value.reveal()).toString('utf8'))
    },
  },
  {
    method: 'GET',
    path: '/secrets',
    since: '2016-10-01',
    operation: 'secrets/list',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request) }
      const page = await request.vault.secrets.list(request.call, input)
      return listResult(request, '/secrets', page, (found) => secretItem(request, found))
    },
  },
  {
    method: 'GET',
    path: '/secrets/:name/versions',
    since: '2016-10-01',
    operation: 'secrets/listVersions',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, name: request.name, ...pageInput(request) }
      const page = await request.vault.secrets.listVersions(request.call, input)
      const path = `/secrets/${request.name}/versions`
      return listResult(request, path, page, (found) => secretItem(request, found, found.version))
    },
  },
  {
    method: 'DELETE',
    path: '/secrets/:name',
    since: '2016-10-01',
    operation: 'secrets/delete',
    successStatus: 200,
    async answer(request) {
      const secret = secretOf(request)
      const deleted = await request.vault.secrets.delete(request.call, { secret })
      return deletedSecretBundle(request, deleted)
    },
  },
  {
    method: 'POST',
    path: '/secrets/:name/backup',
    since: '2016-10-01',
    operation: 'secrets/backup',
    successStatus: 200,
    async answer(request) {
      const blob = await request.vault.secrets.backup(request.call, { secret: secretOf(request) })
      return { value: azure.encodeBase64url(blob) } satisfies azure.BackupResult
    },
  },
  {
    method: 'POST',
    path: '/secrets/restore',
    since: '2016-10-01',
    operation: 'secrets/restore',
    successStatus: 200,
    async answer(request) {
      const blob = (): Uint8Array => azure.readRestoreParameters(request.body())
      const input = { vault: request.container.name, blob }
      return secretBundle(request, await request.vault.secrets.restore(request.call, input))
    },
  },
  {
    method: 'GET',
    path: '/deletedsecrets',
    since: '2016-10-01',
    operation: 'secrets/listDeleted',
    successStatus: 200,
    async answer(request) {
      const input = { vault: request.container.name, ...pageInput(request) }
      const page = await request.vault.secrets.listDeleted(request.call, input)
      return listResult(request, '/deletedsecrets', page, (one) => deletedSecretItem(request, one))
    },
  },
  {
    method: 'GET',
    path: '/deletedsecrets/:name',
    since: '2016-10-01',
    operation: 'secrets/getDeleted',
    successStatus: 200,
    async answer(request) {
      const secret = secretOf(request)
      const deleted = await request.vault.secrets.getDeleted(request.call, { secret })
      return deletedSecretBundle(request, deleted)
    },
  },
  {
    method: 'POST',
    path: '/deletedsecrets/:name/recover',
    since: '2016-10-01',
    operation: 'secrets/recover',
    successStatus: 200,
    async answer(request) {
      const secret = secretOf(request)
      return secretBundle(request, await request.vault.secrets.recover(request.call, { secret }))
    },
  },
  {
    method: 'DELETE',
    path: '/deletedsecrets/:name',
    since: '2016-10-01',
    operation: 'secrets/purge',
    successStatus: 204,
    async answer(request) {
      const input = { secret: secretOf(request) }
      while (!(await request.vault.secrets.purge(request.call, input)).done);
      return undefined
    },
  },
]

function secretOf({ container, name, version }: RouteRequest): SecretRef {
  return { vault: container.name, name, ...(version === undefined ? {} : { version }) }
}

/** The wire's members under the domain's names. */
function properties(given: azure.SecretUpdateParameters): Partial<SecretProperties> {
  return azure.omitUndefined({
    enabled: given.enabled,
    notBefore: given.nbf,
    expires: given.exp,
    contentType: given.contentType,
    tags: given.tags,
  })
}

const FORMS: readonly string[] = ['application/x-pkcs12', 'application/x-pem-file']

/** Only secrets of certificates have more than one form. @throws Fault InvalidInput */
function outContentTypeOf(query: AzureQuery): string | undefined {
  const form = query.get('outContentType')
  if (form === undefined || FORMS.includes(form)) return form
  throw new Fault('InvalidInput', {
    property: 'outContentType',
    reason: `it must be ${FORMS.join(' or ')}, or be left out`,
  })
}
