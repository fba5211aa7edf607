import { AUTHORIZATION_ROUTES } from './authorization-routes.ts'
import { DELETED_VAULT_ROUTES } from './deleted-vault-routes.ts'
import { DIAGNOSTIC_ROUTES } from './diagnostic-routes.ts'
import { GROUP_ROUTES } from './group-routes.ts'
import { RESOURCE_ROUTES } from './resource-routes.ts'
import type { ArmRoute } from './route.ts'
import { SUBSCRIPTION_ROUTES } from './subscription-routes.ts'
import { VAULT_KEY_ROUTES } from './vault-key-routes.ts'
import { VAULT_LINK_ROUTES } from './vault-link-routes.ts'
import { VAULT_NAME_ROUTES } from './vault-name-routes.ts'
import { VAULT_ROUTES } from './vault-routes.ts'
import { VAULT_SECRET_ROUTES } from './vault-secret-routes.ts'

/** Every route of the resource manager door, area by area. */
export const ARM_ROUTES: readonly ArmRoute[] = [
  ...SUBSCRIPTION_ROUTES,
  ...GROUP_ROUTES,
  ...RESOURCE_ROUTES,
  ...VAULT_ROUTES,
  ...DELETED_VAULT_ROUTES,
  ...VAULT_NAME_ROUTES,
  ...VAULT_KEY_ROUTES,
  ...VAULT_SECRET_ROUTES,
  ...VAULT_LINK_ROUTES,
  ...DIAGNOSTIC_ROUTES,
  ...AUTHORIZATION_ROUTES,
]
