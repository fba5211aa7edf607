import type { ActionTable } from './action-row.ts'
import { required } from './parameter.ts'
import { KEY_ID, paging } from './shared-parameters.ts'

const ALIAS_NAME = { AliasName: required('text') } as const

export const ALIAS_ACTIONS = {
  CreateAlias: { parameters: { ...KEY_ID, ...ALIAS_NAME } },
  UpdateAlias: { parameters: { ...KEY_ID, ...ALIAS_NAME } },
  DeleteAlias: { parameters: ALIAS_NAME },
  ListAliases: { parameters: paging(10, [0, 100]) },
  ListAliasesByKeyId: { parameters: { ...KEY_ID, ...paging(10, [1, 101]) } },
} as const satisfies ActionTable
