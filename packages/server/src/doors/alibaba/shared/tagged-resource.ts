import type { TagChange } from '@claviger/vault'
import type { ActionContext } from './action.ts'
import { certificateRef, noSuchName } from './certificate-name.ts'
import { keyRef, resolveKey } from './resolve-key.ts'
import { resolveSecret } from './resolve-secret.ts'

/** Something that has tags. */
export interface TaggedResource {
  /** As answers name it. */
  readonly id: string
  change(change: TagChange): Promise<unknown>
  read(): Promise<Readonly<Record<string, string>>>
}

/** @throws KmsRefusal Forbidden.KeyNotFound, Unsupported.Alias */
export async function taggedKey(context: ActionContext, keyId: string): Promise<TaggedResource> {
  const { vault, call } = context
  const place = await resolveKey(context, keyId, 'id')
  const key = keyRef(place)
  return {
    id: place.keyId,
    change: (change) => vault.keys.changeTags(call, { key, ...change }),
    async read() {
      return (await vault.keys.describe(call, { key })).head.current.tags ?? {}
    },
  }
}

/** Whether there is one, the operation says. */
export async function taggedSecret(context: ActionContext, name: string): Promise<TaggedResource> {
  const secret = await resolveSecret(context, name)
  const { vault, call } = context
  return {
    id: name,
    change: (change) => vault.secrets.changeTags(call, { secret, ...change }),
    async read() {
      return (await vault.secrets.describe(call, { secret })).head.current.tags ?? {}
    },
  }
}

/** Whether there is one, the operation says. */
export function taggedCertificate(context: ActionContext, id: string): TaggedResource {
  const { vault, call } = context
  const certificate = certificateRef(context, id)
  return {
    id,
    change: (change) =>
      vault.certificates.changeTags(call, { certificate, ...change }).catch(noSuchName),
    async read() {
      const found = await vault.certificates.get(call, { certificate }).catch(noSuchName)
      return found.properties.tags ?? {}
    },
  }
}
