import type { WireRequest } from '../../door.ts'
import { originOf, portSuffix } from '../../origin.ts'
import type { ArmSettings } from './settings.ts'

/** From this version on there is one cloud in the answer; before it, a list of them. */
const ONE_CLOUD = '2022-09-01'
const FIRST_GENERATION = '2015-01-01'
const CLOUD = 'Claviger'

/**
 * What clients are told of this cloud before they have a token: where its other doors are.
 * `az cloud register`, Terraform and the Go SDK ask for it.
 */
export function cloudMetadata(
  request: Pick<WireRequest, 'host' | 'port'>,
  apiVersion: string,
  settings: ArmSettings,
): object {
  const port = portSuffix(request)
  const resourceManager = originOf(request)
  const login = `https://${settings.loginHost}${port}`
  const graph = `https://${settings.graphHost}${port}/`
  const audiences = [resourceManager]
  if (apiVersion === FIRST_GENERATION) {
    return {
      galleryEndpoint: `${resourceManager}/`,
      graphEndpoint: graph,
      portalEndpoint: `${login}/`,
      authentication: { loginEndpoint: login, audiences },
    }
  }
  const cloud = {
    name: CLOUD,
    portal: `${login}/`,
    authentication: { loginEndpoint: login, audiences, tenant: 'common', identityProvider: 'AAD' },
    graph,
    graphAudience: graph,
    microsoftGraphResourceId: graph,
    resourceManager,
    gallery: `${resourceManager}/`,
    media: `https://${settings.vaultSuffix}${port}`,
    suffixes: {
      keyVaultDns: `${settings.vaultSuffix}${port}`,
      // There is no storage here; Terraform's provider does not start in a cloud that names none.
      storage: `${settings.vaultSuffix.replace(/^vault\./, 'core.')}${port}`,
    },
  }
  return apiVersion >= ONE_CLOUD ? cloud : [cloud]
}
