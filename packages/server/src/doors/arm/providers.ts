import { VAULT_VERSIONS } from './api-versions.ts'

/** A namespace of resources that the door serves. */
export interface Provider {
  readonly namespace: string
  readonly resourceTypes: readonly string[]
  /** Newest first. */
  readonly apiVersions: readonly string[]
}

/** What is registered in every subscription. */
export const PROVIDERS: readonly Provider[] = [
  {
    namespace: 'Microsoft.KeyVault',
    resourceTypes: [
      'vaults', 'vaults/accessPolicies', 'vaults/keys', 'vaults/secrets', 'deletedVaults',
      'checkNameAvailability', 'operations', 'locations', 'locations/deletedVaults',
      'locations/operationResults',
    ],
    apiVersions: VAULT_VERSIONS.toReversed(),
  },
  {
    namespace: 'Microsoft.Authorization',
    resourceTypes: ['roleAssignments', 'roleDefinitions', 'permissions', 'providerOperations'],
    apiVersions: ['2022-05-01-preview', '2022-04-01', '2018-07-01', '2018-01-01-preview', '2015-07-01'],
  },
  {
    namespace: 'Microsoft.Resources',
    resourceTypes: ['tenants', 'subscriptions', 'resourceGroups', 'resources', 'providers'],
    apiVersions: ['2024-11-01', '2022-12-01', '2021-04-01', '2019-11-01', '2015-11-01'],
  },
  {
    namespace: 'Microsoft.Insights',
    resourceTypes: ['diagnosticSettings', 'diagnosticSettingsCategories'],
    apiVersions: ['2021-05-01-preview', '2017-05-01-preview', '2016-09-01'],
  },
]
