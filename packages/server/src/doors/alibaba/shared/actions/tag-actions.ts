import { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import {
  taggedCertificate,
  taggedKey,
  taggedSecret,
  type TaggedResource,
} from '../tagged-resource.ts'
import { tagsParameter } from '../tags.ts'

const { invalidParameter, missingParameter } = alibaba.shared

/** Tags of one key, secret or certificate. */
export const TAG_ACTIONS: Actions<'TagResource' | 'UntagResource' | 'ListResourceTags'> = {
  async TagResource(request) {
    const set = tagsParameter(request.parameters.Tags)
    await (await resourceOf(request, request.parameters)).change({ set })
    return {}
  },

  async UntagResource(request) {
    const remove = request.parameters.TagKeys
    await (await resourceOf(request, request.parameters)).change({ remove })
    return {}
  },

  async ListResourceTags(request) {
    const key = await taggedKey(request, request.parameters.KeyId)
    const tags = Object.entries(await key.read())
    return {
      Tags: { Tag: tags.map(([TagKey, TagValue]) => ({ KeyId: key.id, TagKey, TagValue })) },
    }
  },
}

interface Named {
  readonly KeyId?: string | undefined
  readonly SecretName?: string | undefined
  readonly CertificateId?: string | undefined
}

/** @throws KmsRefusal unless exactly one is named. */
async function resourceOf(context: ActionContext, named: Named): Promise<TaggedResource> {
  const { KeyId, SecretName, CertificateId } = named
  const names = [KeyId, SecretName, CertificateId].filter((one) => one !== undefined)
  if (names.length > 1) {
    throw invalidParameter('KeyId', 'must stand alone, without SecretName or CertificateId')
  }
  if (KeyId !== undefined) return await taggedKey(context, KeyId)
  if (SecretName !== undefined) return await taggedSecret(context, SecretName)
  if (CertificateId !== undefined) return taggedCertificate(context, CertificateId)
  throw missingParameter('KeyId')
}
