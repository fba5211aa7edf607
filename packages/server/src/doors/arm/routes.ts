import type { ArmRoute } from './route.ts'
import { SUBSCRIPTION_ROUTES } from './subscription-routes.ts'

/** Every route of the resource manager door, area by area. */
export const ARM_ROUTES: readonly ArmRoute[] = [...SUBSCRIPTION_ROUTES]
