import { defined } from '../core/defined.ts'
import { fromEpochSeconds } from '../core/epoch-seconds.ts'
import { UnexpectedAnswerError } from '../core/errors.ts'
import type {
  CertificateContact,
  CertificateIssuer,
  IssuerProperties,
  UpdateIssuerOptions,
} from './issuer-models.ts'

/** An issuer on the wire. */
export interface WireIssuer {
  readonly id?: string
  readonly provider?: string
  readonly credentials?: { readonly account_id?: string } | null
  readonly org_details?: {
    readonly id?: string
    readonly admin_details?: readonly {
      readonly first_name?: string
      readonly last_name?: string
      readonly email?: string
      readonly phone?: string
    }[]
  } | null
  readonly attributes?: {
    readonly enabled?: boolean
    readonly created?: number
    readonly updated?: number
  }
}

/** Contacts on the wire. */
export interface WireContacts {
  readonly contacts?: readonly CertificateContact[]
}

/** An issuer of a listing. */
export function issuerProperties({ id, provider }: WireIssuer): IssuerProperties {
  // https://vault/certificates/issuers/NAME
  const name = id && URL.canParse(id) ? new URL(id).pathname.split('/')[3] : undefined
  if (name === undefined) {
    const message = 'The service has answered without the id of an issuer.'
    throw new UnexpectedAnswerError({ code: 'NoObjectId', message })
  }
  return { name: decodeURIComponent(name), ...defined({ id, provider }) }
}

/** An issuer of the wire. */
export function certificateIssuer(wire: WireIssuer): CertificateIssuer {
  const { enabled, created, updated } = wire.attributes ?? {}
  return {
    ...issuerProperties(wire),
    ...defined({
      enabled,
      createdOn: created === undefined ? undefined : fromEpochSeconds(created),
      updatedOn: updated === undefined ? undefined : fromEpochSeconds(updated),
      accountId: wire.credentials?.account_id,
      organizationId: wire.org_details?.id,
      administratorContacts: wire.org_details?.admin_details?.map(
        ({ first_name: firstName, last_name: lastName, email, phone }) =>
          defined({ firstName, lastName, email, phone }),
      ),
    }),
  }
}

/** What is set about an issuer, as the wire has it. */
export function toWireIssuer(options: UpdateIssuerOptions): object {
  const { provider, accountId, password, organizationId, administratorContacts, enabled } = options
  const admin_details = administratorContacts?.map(({ firstName, lastName, email, phone }) =>
    defined({ first_name: firstName, last_name: lastName, email, phone }),
  )
  const credentials = defined({ account_id: accountId, pwd: password })
  const org_details = defined({ id: organizationId, admin_details })
  return {
    ...defined({ provider }),
    ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
    ...(Object.keys(org_details).length > 0 ? { org_details } : {}),
    ...(enabled === undefined ? {} : { attributes: { enabled } }),
  }
}
