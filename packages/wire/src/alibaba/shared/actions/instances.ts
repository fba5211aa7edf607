import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'
import { INSTANCE_ID, paging } from './shared-parameters.ts'

export const INSTANCE_ACTIONS = {
  ListKmsInstances: { parameters: { ...paging(20), Filters: optional('filters', { most: 10 }) } },
  GetKmsInstance: { parameters: INSTANCE_ID },
  ConnectKmsInstance: {
    parameters: {
      ...INSTANCE_ID,
      VpcId: required('text'),
      VSwitchIds: required('names'),
      ZoneIds: required('names'),
      KMProvider: required('text'),
    },
    publishedMethod: 'POST',
  },
  UpdateKmsInstanceBindVpc: { parameters: { ...INSTANCE_ID, BindVpcs: required('json') } },
  ReleaseKmsInstance: {
    parameters: { ...INSTANCE_ID, ForceDeleteWithoutBackup: defaulted('boolean', false) },
  },
  GetDefaultKmsInstance: { parameters: {} },
  GetKmsInstanceQuotaInfos: {
    // The documentation requires the instance, the SDKs do not.
    parameters: { KmsInstanceId: optional('text'), ResourceType: optional('text') },
  },
} as const satisfies ActionTable

export const SERVICE_ACTIONS = {
  DescribeRegions: { parameters: {} },
  OpenKmsService: { parameters: {} },
  DescribeAccountKmsStatus: { parameters: {} },
} as const satisfies ActionTable
