import type { JsonMembers } from './json-members.ts'
import { omitUndefined, type OmitUndefined } from './omit-undefined.ts'

// Who is told of certificates, and who issues them.

export type ContactMembers = OmitUndefined<{
  readonly email: string | undefined
  readonly name: string | undefined
  readonly phone: string | undefined
}>

/** @throws MalformedMember */
export function readContactsParameters(body: JsonMembers): readonly ContactMembers[] {
  const contacts = body.objects('contacts')
  if (contacts === undefined) throw body.malformed('contacts', 'it must be given')
  return contacts.map((contact) =>
    omitUndefined({
      email: contact.string('email'),
      name: contact.string('name'),
      phone: contact.string('phone'),
    }),
  )
}

export type IssuerUpdateParameters = OmitUndefined<{
  readonly provider: string | undefined
  readonly accountId: string | undefined
  readonly password: string | undefined
  readonly organisationId: string | undefined
  readonly administrators: readonly IssuerAdministratorMembers[] | undefined
  readonly enabled: boolean | undefined
}>

export type IssuerSetParameters = IssuerUpdateParameters & { readonly provider: string }

export type IssuerAdministratorMembers = OmitUndefined<{
  readonly firstName: string | undefined
  readonly lastName: string | undefined
  readonly email: string | undefined
  readonly phone: string | undefined
}>

/** @throws MalformedMember */
export function readIssuerUpdateParameters(body: JsonMembers): IssuerUpdateParameters {
  const credentials = body.object('credentials')
  const organisation = body.object('org_details')
  return omitUndefined({
    provider: body.string('provider'),
    accountId: credentials?.string('account_id'),
    password: credentials?.string('pwd'),
    organisationId: organisation?.string('id'),
    administrators: organisation?.objects('admin_details')?.map((one) =>
      omitUndefined({
        firstName: one.string('first_name'),
        lastName: one.string('last_name'),
        email: one.string('email'),
        phone: one.string('phone'),
      }),
    ),
    enabled: body.object('attributes')?.boolean('enabled'),
  })
}

/** @throws MalformedMember */
export function readIssuerSetParameters(body: JsonMembers): IssuerSetParameters {
  return { ...readIssuerUpdateParameters(body), provider: body.requiredString('provider') }
}
