import {
  credentialKey,
  credentialPrefix,
  type ClientKeyCredential,
  type Credential,
} from '../directory/credential.ts'
import { deleteWithIndex, demandRoom } from '../directory/credentials.ts'
import {
  isSigningKeyId,
  signingKeyIndexKey,
  type SigningKeyIndex,
} from '../directory/signing-key-index.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'
import { accessPointPrefix, type AccessPoint } from './access-point.ts'
import { readAccessPoint } from './access-points.ts'
import { putNewClientKey, type ClientKeyValidity, type NewClientKey } from './client-key.ts'

/** A client key as it may be told: everything but its private key, which is kept nowhere. */
export interface ClientKey extends Omit<ClientKeyCredential, 'kind' | 'displayName'> {
  /** Name of the access point. */
  readonly accessPoint: string
}

export interface CreateClientKeyInput extends ClientKeyValidity {
  /** Name of the access point. */
  readonly accessPoint: string
}

/** A client key with its private key, which is given out this once. */
export type CreatedClientKey = Pick<NewClientKey, 'certificate' | 'privateKey'> & {
  readonly clientKey: ClientKey
}

/** Makes a key pair (RSA-2048) with which programs sign as an access point. */
export const createClientKey = operation<CreateClientKeyInput, CreatedClientKey>({
  name: 'ClientKeyCreate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ accessPoint }, output) =>
    `accessPoints/${accessPoint.slice(0, 64)}/clientKeys/${output?.clientKey.id ?? ''}`,

  async run(context, { accessPoint, ...validity }) {
    const { unit, caller } = context
    const point = await readAccessPoint(context, accessPoint)
    const others = await unit.listAll(credentialPrefix(caller.tenant, point.principal))
    demandRoom(others.length)
    const made = await putNewClientKey(context, caller.tenant, point, validity)
    touchEpoch(unit)
    const { credential, certificate, privateKey } = made
    return { clientKey: shown(credential), certificate, privateKey }
  },
})

/** A client key by its id. */
export const getClientKey = operation<{ readonly clientKeyId: string }, ClientKey>({
  name: 'ClientKeyGet',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: auditedKey,

  async run(context, { clientKeyId }) {
    return shown((await readClientKey(context, clientKeyId)).credential)
  },
})

/** The client keys of one access point, or of all. */
export const listClientKeys = operation<
  { readonly accessPoint?: string },
  readonly ClientKey[]
>({
  name: 'ClientKeyList',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run(context, { accessPoint }) {
    const { unit, caller } = context
    const points =
      accessPoint === undefined
        ? (await unit.listAll<AccessPoint>(accessPointPrefix(caller.tenant))).map(
            ({ content }) => content.meta,
          )
        : [await readAccessPoint(context, accessPoint)]
    const keys: ClientKey[] = []
    for (const { principal } of points) {
      const found = await unit.listAll<Credential>(credentialPrefix(caller.tenant, principal))
      for (const { content } of found) {
        if (content.meta.kind === 'clientKey') keys.push(shown(content.meta))
      }
    }
    return keys
  },
})

/** Removes a client key; what it signs is refused on every worker at once. */
export const deleteClientKey = operation<{ readonly clientKeyId: string }, ClientKey>({
  name: 'ClientKeyDelete',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedKey,

  async run(context, { clientKeyId }) {
    const { key, credential } = await readClientKey(context, clientKeyId)
    await deleteWithIndex(context.unit, key, credential)
    touchEpoch(context.unit)
    return shown(credential)
  },
})

interface Found {
  readonly key: RecordKey
  readonly credential: ClientKeyCredential
}

/** One of another tenant does not exist for the caller. @throws Fault DirectoryObjectNotFound */
async function readClientKey(
  { unit, caller }: OperationContext,
  clientKeyId: string,
): Promise<Found> {
  const notFound = new Fault('DirectoryObjectNotFound', {
    type: 'clientKey',
    id: clientKeyId.slice(0, 64),
  })
  if (!isSigningKeyId(clientKeyId)) throw notFound
  const index = await unit.get<SigningKeyIndex>(signingKeyIndexKey(clientKeyId))
  if (index?.meta.tenant !== caller.tenant) throw notFound
  const key = credentialKey(caller.tenant, index.meta.principal, index.meta.credential)
  const found = await unit.get<Credential>(key)
  if (found?.meta.kind !== 'clientKey') throw notFound
  return { key, credential: found.meta }
}

function shown({ kind: _kind, displayName, ...rest }: ClientKeyCredential): ClientKey {
  return { ...rest, accessPoint: displayName }
}

function auditedKey({ clientKeyId }: { readonly clientKeyId: string }): string {
  return `clientKeys/${isSigningKeyId(clientKeyId) ? clientKeyId : ''}`
}
