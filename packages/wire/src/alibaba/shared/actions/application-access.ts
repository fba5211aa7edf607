import type { ActionTable } from './action-row.ts'
import { defaulted, optional, required } from './parameter.ts'
import { DESCRIPTION, NAME, paging } from './shared-parameters.ts'

const DESCRIBED = { Description: optional('text', DESCRIPTION) } as const
const CLIENT_KEY_ID = { ClientKeyId: required('text') } as const

export const APPLICATION_ACCESS_ACTIONS = {
  CreateNetworkRule: {
    parameters: {
      ...NAME,
      Type: required('text'),
      SourcePrivateIp: optional('strings'),
      ...DESCRIBED,
    },
  },
  UpdateNetworkRule: {
    parameters: { ...NAME, SourcePrivateIp: optional('strings'), ...DESCRIBED },
  },
  DescribeNetworkRule: { parameters: NAME },
  DeleteNetworkRule: { parameters: NAME },
  ListNetworkRules: { parameters: paging(20) },
  CreatePolicy: {
    parameters: {
      ...NAME,
      Permissions: required('strings'),
      Resources: required('strings'),
      KmsInstance: optional('text'),
      AccessControlRules: optional('json'),
      ...DESCRIBED,
    },
  },
  UpdatePolicy: {
    parameters: {
      ...NAME,
      Permissions: optional('strings'),
      Resources: optional('strings'),
      AccessControlRules: optional('json'),
      ...DESCRIBED,
    },
  },
  DescribePolicy: { parameters: NAME },
  DeletePolicy: { parameters: NAME },
  ListPolicies: { parameters: paging(20) },
  CreateApplicationAccessPoint: {
    parameters: {
      ...NAME,
      Policies: required('strings', { most: 3 }),
      AuthenticationMethod: defaulted('text', 'ClientKey'),
      ...DESCRIBED,
    },
  },
  UpdateApplicationAccessPoint: {
    parameters: { ...NAME, Policies: optional('strings', { most: 3 }), ...DESCRIBED },
  },
  DescribeApplicationAccessPoint: { parameters: NAME },
  DeleteApplicationAccessPoint: { parameters: NAME },
  ListApplicationAccessPoints: { parameters: paging(20) },
  CreateClientKey: {
    parameters: {
      AapName: required('text'),
      Password: required('text', { longest: 64, confidential: true }),
      NotBefore: optional('time'),
      NotAfter: optional('time'),
    },
  },
  GetClientKey: { parameters: CLIENT_KEY_ID, publishedMethod: 'GET' },
  ListClientKeys: { parameters: { AapName: optional('text') }, publishedMethod: 'GET' },
  DeleteClientKey: { parameters: CLIENT_KEY_ID },
} as const satisfies ActionTable
