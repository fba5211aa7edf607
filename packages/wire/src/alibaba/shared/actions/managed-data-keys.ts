import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'
import { paging } from './shared-parameters.ts'

const DATA_KEY_NAME = { DataKeyName: required('text') } as const

export const MANAGED_DATA_KEY_ACTIONS = {
  GetManagedDataKey: {
    parameters: {
      ...DATA_KEY_NAME,
      DataKeyVersionId: optional('text'),
      // Without a version: false is the first one.
      UseLatest: defaulted('boolean', false),
    },
  },
  ListManagedDataKeyVersions: { parameters: { ...DATA_KEY_NAME, ...paging(10) } },
} as const satisfies ActionTable
