import type {
  AdministratorContact,
  CertificateIssuer,
  IssuerProperties,
} from '@claviger/client/azure'
import type { CommandContext } from '../command-context.ts'
import { timeText } from '../objects/object-record.ts'
import type { JsonRecord } from '../output/json-value.ts'
import type { Columns } from '../output/table.ts'

/** An issuer with the members that `az` gives, and its name; the service never gives its password. */
export function issuerRecord(issuer: CertificateIssuer): JsonRecord {
  const { accountId, administratorContacts = [], createdOn, enabled, updatedOn } = issuer
  return {
    attributes: {
      created: timeText(createdOn),
      enabled: enabled ?? null,
      updated: timeText(updatedOn),
    },
    credentials: { accountId: accountId ?? null },
    ...listedIssuer(issuer),
    organizationDetails: {
      adminDetails: administratorContacts.map(administratorRecord),
      id: issuer.organizationId ?? null,
    },
  }
}

/** What a listing says of an issuer. */
export function listedIssuer({ id, name, provider }: IssuerProperties): JsonRecord {
  return { id: id ?? null, name, provider: provider ?? null }
}

/** Somebody at an issuer's. */
export function administratorRecord(contact: AdministratorContact): JsonRecord {
  return {
    emailAddress: contact.email ?? null,
    firstName: contact.firstName ?? null,
    lastName: contact.lastName ?? null,
    phone: contact.phone ?? null,
  }
}

/** What a table of issuers shows. */
export function issuerColumns({ say }: CommandContext): Columns {
  return {
    [say('titleName')]: 'name',
    [say('titleProvider')]: 'provider',
    [say('titleEnabled')]: 'attributes.enabled',
    [say('titleAccount')]: 'credentials.accountId',
    [say('titleOrganization')]: 'organizationDetails.id',
    [say('titleUpdated')]: 'attributes.updated',
  }
}
