import { APPLICATION_ROUTES } from './application-routes.ts'
import { CREDENTIAL_ROUTES } from './credential-routes.ts'
import { DIRECTORY_OBJECT_ROUTES } from './directory-object-routes.ts'
import { FEDERATED_CREDENTIAL_ROUTES } from './federated-credential-routes.ts'
import { GROUP_ROUTES } from './group-routes.ts'
import { ME_ROUTES } from './me-routes.ts'
import { MEMBER_GROUP_ROUTES } from './member-group-routes.ts'
import { RELATION_ROUTES } from './relation-routes.ts'
import type { GraphRoute } from './route.ts'
import { SERVICE_PRINCIPAL_ROUTES } from './service-principal-routes.ts'
import { USER_ROUTES } from './user-routes.ts'

/** Everything that the Graph door serves. */
export const GRAPH_ROUTES: readonly GraphRoute[] = [
  ...ME_ROUTES,
  ...USER_ROUTES,
  ...GROUP_ROUTES,
  ...APPLICATION_ROUTES,
  ...SERVICE_PRINCIPAL_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...FEDERATED_CREDENTIAL_ROUTES,
  ...RELATION_ROUTES,
  ...MEMBER_GROUP_ROUTES,
  ...DIRECTORY_OBJECT_ROUTES,
]
