import type { Tenant } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { accountPage } from './account-page.ts'
import { authorizePage } from './authorize-page.ts'
import { DEVICE_PAGE } from './device-endpoint.ts'
import { devicePage } from './device-page.ts'
import { CALLBACK, returnFromProvider } from './external-sign-in.ts'
import { logoutPage } from './logout-page.ts'
import type { PageVisit } from './page-visit.ts'

/** A page of the login host: a browser is answered, errors too. */
export interface PageRoute {
  readonly methods: readonly ('GET' | 'POST')[]
  readonly path: string
  answer(visit: PageVisit, tenant: () => Promise<Tenant>): Promise<Answer>
}

const BOTH = ['GET', 'POST'] as const

type TenantPage = (visit: PageVisit, tenant: Tenant) => Promise<Answer>

function ofTenant(path: string, page: TenantPage, methods: PageRoute['methods'] = BOTH): PageRoute {
  return { methods, path, answer: async (visit, tenant) => page(visit, await tenant()) }
}

/** The pages; those without a tenant in their path are of the default tenant, or of a device's. */
export const PAGE_ROUTES: readonly PageRoute[] = [
  ofTenant('/:tenant/oauth2/v2.0/authorize', authorizePage),
  ofTenant('/:tenant/oauth2/authorize', authorizePage),
  ofTenant('/:tenant/oauth2/v2.0/logout', logoutPage),
  ofTenant('/:tenant/oauth2/logout', logoutPage),
  ofTenant('/:tenant/account', accountPage),
  ofTenant('/account', accountPage),
  ofTenant(CALLBACK, returnFromProvider, ['GET']),
  { methods: BOTH, path: DEVICE_PAGE, answer: (visit) => devicePage(visit) },
  { methods: BOTH, path: '/:tenant/oauth2/deviceauth', answer: (visit) => devicePage(visit) },
]
