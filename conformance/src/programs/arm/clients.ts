import { AuthorizationManagementClient } from '@azure/arm-authorization'
import { KeyVaultManagementClient } from '@azure/arm-keyvault'
import { ResourceManagementClient } from '@azure/arm-resources'
import { DefaultAzureCredential } from '@azure/identity'
import { variable } from '../step.ts'

/** The manager that a suite names; how it signs in, the environment says. */
export const endpoint = variable('MANAGER')
export const subscription = variable('SUBSCRIPTION')
export const tenant = variable('TENANT')
export const subscriptionScope = `/subscriptions/${subscription}`
/** Where vaults are made. */
export const location = 'eastus'

export const credential = new DefaultAzureCredential()

export const keyVault = new KeyVaultManagementClient(credential, subscription, { endpoint })
/** This one asks for a token of the public cloud's manager, whatever its endpoint. */
export const resources = new ResourceManagementClient(credential, subscription, { endpoint })
export const authorization = new AuthorizationManagementClient(credential, subscription, {
  endpoint,
})

/** Polls that need not wait as long as the clients' default of two seconds. */
export const quickly = { updateIntervalInMs: 50 }
