import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

/** Somebody who is told what happens to the certificates of a vault. */
export interface CertificateContact {
  readonly email?: string
  readonly name?: string
  readonly phone?: string
}

/** What is kept of them. */
export interface Contacts {
  readonly contacts: readonly CertificateContact[]
}

export interface ContactsInput {
  readonly vault: string
}

const MAXIMUM_CONTACTS = 100
const MAXIMUM_CHARACTERS = 255

function contactsKey(vault: VaultRecord): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'certificate-contacts', 'all')
}

const target = ({ vault }: ContactsInput): { readonly vault: string; readonly object: string } => ({
  vault,
  object: 'certificates/contacts',
})

/** Names the contacts of all certificates of a vault, in the place of those before. */
export const setContacts = operation<ContactsInput & Contacts, readonly CertificateContact[]>({
  name: 'CertificateContactsSet',
  permission: 'certificates/manageContacts',
  writes: true,
  target,

  async run({ unit, vault }, { contacts }) {
    if (contacts.length === 0 || contacts.length > MAXIMUM_CONTACTS) {
      throw invalidInput('contacts', `there must be from 1 to ${MAXIMUM_CONTACTS} of them`)
    }
    contacts.forEach(demandContact)
    const key = contactsKey(vault())
    await unit.get(key)
    unit.put<Contacts>(key, { meta: { contacts } })
    return contacts
  },
})

export const getContacts = operation<ContactsInput, readonly CertificateContact[]>({
  name: 'CertificateContactsGet',
  permission: 'certificates/manageContacts',
  writes: false,
  target,

  async run({ unit, vault }) {
    return readContacts(unit, vault())
  },
})

/** Removes the contacts. */
export const deleteContacts = operation<ContactsInput, readonly CertificateContact[]>({
  name: 'CertificateContactsDelete',
  permission: 'certificates/manageContacts',
  writes: true,
  target,

  async run({ unit, vault }) {
    const contacts = await readContacts(unit, vault())
    unit.delete(contactsKey(vault()))
    return contacts
  },
})

/** @throws Fault CertificateContactsNotFound */
async function readContacts(
  unit: UnitOfWork,
  vault: VaultRecord,
): Promise<readonly CertificateContact[]> {
  const found = await unit.get<Contacts>(contactsKey(vault))
  if (found === undefined) throw new Fault('CertificateContactsNotFound', {})
  return found.meta.contacts
}

function demandContact(contact: CertificateContact): void {
  const texts = Object.values(contact) as (string | undefined)[]
  if (texts.some((text) => text !== undefined && text.length > MAXIMUM_CHARACTERS)) {
    throw invalidInput('contacts', `each text may have at most ${MAXIMUM_CHARACTERS} characters`)
  }
  if (contact.email === undefined || !/^[^@\s]+@[^@\s]+$/.test(contact.email)) {
    throw invalidInput('contacts.email', 'each contact must have a mail address')
  }
}
