// Names as people write them (RFC 4514, and the looser form of Windows with quotes) to X.501 and back.
import {
  AttributeTypeAndValue,
  AttributeValue,
  Name,
  RelativeDistinguishedName,
} from '@peculiar/asn1-x509'
import { escapedText } from './escaped-text.ts'
import { splitName } from './split-name.ts'

interface AttributeType {
  readonly id: string
  /** The first is written; all are read, in any case. */
  readonly names: readonly string[]
  readonly form: 'directory' | 'printable' | 'ia5'
}

const TYPES: readonly AttributeType[] = [
  { id: '2.5.4.3', names: ['CN'], form: 'directory' },
  { id: '2.5.4.10', names: ['O'], form: 'directory' },
  { id: '2.5.4.11', names: ['OU'], form: 'directory' },
  { id: '2.5.4.6', names: ['C'], form: 'printable' },
  { id: '2.5.4.7', names: ['L'], form: 'directory' },
  { id: '2.5.4.8', names: ['S', 'ST'], form: 'directory' },
  { id: '2.5.4.9', names: ['STREET'], form: 'directory' },
  { id: '2.5.4.5', names: ['SERIALNUMBER'], form: 'printable' },
  { id: '2.5.4.12', names: ['T', 'TITLE'], form: 'directory' },
  { id: '2.5.4.42', names: ['G', 'GN', 'GIVENNAME'], form: 'directory' },
  { id: '2.5.4.4', names: ['SN', 'SURNAME'], form: 'directory' },
  { id: '2.5.4.43', names: ['I', 'INITIALS'], form: 'directory' },
  { id: '2.5.4.13', names: ['DESCRIPTION'], form: 'directory' },
  { id: '2.5.4.15', names: ['BUSINESSCATEGORY'], form: 'directory' },
  { id: '2.5.4.17', names: ['POSTALCODE'], form: 'directory' },
  { id: '2.5.4.46', names: ['DNQUALIFIER'], form: 'printable' },
  { id: '0.9.2342.19200300.100.1.1', names: ['UID'], form: 'directory' },
  { id: '0.9.2342.19200300.100.1.25', names: ['DC'], form: 'ia5' },
  { id: '1.2.840.113549.1.9.1', names: ['E', 'EMAIL', 'EMAILADDRESS'], form: 'ia5' },
]

const OBJECT_ID = /^(?:OID\.)?([0-2](?:\.(?:0|[1-9]\d{0,9})){1,20})$/i
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]+$/
const IA5 = /^[\x20-\x7e]+$/

/** Why a name cannot be read; completes a sentence that begins with the property. */
export type NameProblem = { readonly problem: string }

/** Reads a name, its parts in the order in which they are written; `''` is the empty name. */
export function parseName(text: string): Name | NameProblem {
  const parts = splitName(text)
  if ('problem' in parts) return parts
  const name = new Name()
  for (const attributes of parts.parts) {
    const part = new RelativeDistinguishedName()
    for (const { type, value } of attributes) {
      const attribute = attributeOf(type, value)
      if ('problem' in attribute) return attribute
      part.push(attribute)
    }
    name.push(part)
  }
  return name
}

function attributeOf(name: string, value: string): AttributeTypeAndValue | NameProblem {
  const known = TYPES.find(({ names }) => names.includes(name.toUpperCase()))
  const id = known?.id ?? OBJECT_ID.exec(name)?.[1]
  if (id === undefined) {
    const names = TYPES.map((type) => type.names[0]).join(', ')
    return { problem: `the parts of a name are ${names}, or an object id such as 2.5.4.3` }
  }
  if (value === '') return { problem: 'each part of a name needs a value, such as CN=example.com' }
  const form = known?.form ?? 'directory'
  if (form === 'ia5' && !IA5.test(value)) return { problem: 'its DC and E must be plain ASCII' }
  if (form === 'printable' && !PRINTABLE.test(value)) {
    return { problem: 'its C and SERIALNUMBER may have letters, digits and a few signs alone' }
  }
  if (id === '2.5.4.6' && value.length !== 2) {
    return { problem: 'its C must be the two letters of a country (ISO 3166)' }
  }
  return new AttributeTypeAndValue({ type: id, value: valueOf(form, value) })
}

function valueOf(form: AttributeType['form'], value: string): AttributeValue {
  if (form === 'ia5') return new AttributeValue({ ia5String: value })
  if (form === 'printable') return new AttributeValue({ printableString: value })
  return new AttributeValue({ utf8String: value })
}

/** A name as it is read again by `parseName`. */
export function formatName(name: Name): string {
  return [...name].map((part) => [...part].map(formatAttribute).join('+')).join(', ')
}

function formatAttribute({ type, value }: AttributeTypeAndValue): string {
  const name = TYPES.find(({ id }) => id === type)?.names[0] ?? type
  const text = value.anyValue === undefined ? value.toString() : '?'
  return `${name}=${escapedText(text)}`
}
