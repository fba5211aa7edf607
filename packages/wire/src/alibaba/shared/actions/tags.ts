import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'
import { KEY_ID } from './shared-parameters.ts'

/** Of each request exactly one. */
const TAGGED = {
  KeyId: optional('text'),
  SecretName: optional('text'),
  CertificateId: optional('text'),
} as const

const OF_TYPE = { RegionId: required('text'), ResourceType: required('text') } as const

export const TAG_ACTIONS = {
  TagResource: { parameters: { ...TAGGED, Tags: required('tags', { most: 20 }) } },
  UntagResource: { parameters: { ...TAGGED, TagKeys: required('names', { most: 20 }) } },
  ListResourceTags: { parameters: KEY_ID },
  TagResources: {
    parameters: {
      ...OF_TYPE,
      ResourceId: required('repeated', { most: 50 }),
      Tag: required('repeatedTags', { most: 20 }),
    },
  },
  UntagResources: {
    parameters: {
      ...OF_TYPE,
      ResourceId: required('repeated', { most: 50 }),
      TagKey: optional('repeated', { most: 20 }),
      All: defaulted('boolean', false),
    },
  },
  ListTagResources: {
    parameters: {
      ...OF_TYPE,
      ResourceId: optional('repeated', { most: 50 }),
      Tag: optional('repeatedTags', { most: 20 }),
      NextToken: optional('text'),
    },
  },
} as const satisfies ActionTable
