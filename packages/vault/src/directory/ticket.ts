import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'

/** What a sign-in of a person earns: its holder may go on with it. */
export type TicketKind = 'sign-in-session' | 'sign-in-code' | 'refresh-token' | 'device-code'

/** A ticket as its holder shows it, read but not believed. */
export interface Ticket {
  readonly expiresAt: EpochSeconds
  /** Hexadecimal. */
  readonly id: string
  readonly secret: Secret
}

/** A ticket that was just made. */
export interface NewTicket extends Ticket {
  /** What the holder is given. */
  readonly text: string
}

const TIME_BYTES = 6
const ID_BYTES = 16
const SECRET_BYTES = 32
/** 54 octets in base64url. */
const FORM = /^[0-9A-Za-z_-]{72}$/
/** Those that time and id alone make up. */
const NAME_CHARACTERS = 29
const DIGITS = 12

/** Makes a ticket: an id that finds its record, in order of time, and 256 bits that prove it. */
export function newTicket(expiresAt: EpochSeconds): NewTicket {
  return ticketOf(expiresAt, randomBytes(ID_BYTES))
}

/** Another ticket for the same record. */
export function nextTicket({ expiresAt, id }: Pick<Ticket, 'expiresAt' | 'id'>): NewTicket {
  return ticketOf(expiresAt, Buffer.from(id, 'hex'))
}

/** @returns `undefined` for what is no ticket. */
export function readTicket(text: string): Ticket | undefined {
  if (!FORM.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  return {
    expiresAt: bytes.readUIntBE(0, TIME_BYTES),
    id: bytes.toString('hex', TIME_BYTES, TIME_BYTES + ID_BYTES),
    secret: new Secret(bytes.subarray(TIME_BYTES + ID_BYTES)),
  }
}

/** What is kept of a ticket's secret: 256 random bits need no salt and no slow hash. */
export function ticketHash({ secret }: Pick<Ticket, 'secret'>): string {
  return hash('sha256', secret.reveal(), 'base64url')
}

/** Tells whether a ticket is the one whose hash is kept. */
export function isTicketOf(known: string, ticket: Ticket): boolean {
  const [one, two] = [known, ticketHash(ticket)].map((text) => Buffer.from(text))
  return one !== undefined && two?.byteLength === one.byteLength && timingSafeEqual(one, two)
}

export function ticketKey(
  tenant: string,
  kind: TicketKind,
  { expiresAt, id }: Pick<Ticket, 'expiresAt' | 'id'>,
): RecordKey {
  return recordKeyOf(tenant, kind, String(expiresAt).padStart(DIGITS, '0'), id)
}

/** When the ticket of a record ends or has ended. */
export function expiryOf(prefix: RecordKey, key: RecordKey): EpochSeconds {
  return Number(key.slice(prefix.length, prefix.length + DIGITS))
}

/** What all tickets of a record begin with, and nothing long: enough to tell it from others. */
export function ticketName(text: string): string {
  return text.slice(0, NAME_CHARACTERS)
}

function ticketOf(expiresAt: EpochSeconds, id: Buffer): NewTicket {
  const bytes = Buffer.alloc(TIME_BYTES + ID_BYTES + SECRET_BYTES)
  bytes.writeUIntBE(expiresAt, 0, TIME_BYTES)
  id.copy(bytes, TIME_BYTES)
  randomBytes(SECRET_BYTES).copy(bytes, TIME_BYTES + ID_BYTES)
  return {
    expiresAt,
    id: id.toString('hex'),
    secret: new Secret(bytes.subarray(TIME_BYTES + ID_BYTES)),
    text: bytes.toString('base64url'),
  }
}
