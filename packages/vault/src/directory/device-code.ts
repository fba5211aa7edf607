import { randomInt } from 'node:crypto'
import { isFault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { Authentication } from './sign-in-session.ts'
import { SYSTEM } from './tenant.ts'
import {
  isTicketOf,
  newTicket,
  readTicket,
  ticketHash,
  ticketKey,
  type Ticket,
} from './ticket.ts'

/** What a device has asked for, and from where. */
export interface DeviceRequest {
  /** Client id. */
  readonly client: string
  readonly audience: string
  readonly offline: boolean
  /** Shown to the person, who may know it or not. */
  readonly address: string
}

/** A device that waits for a person. */
export interface DeviceRecord extends DeviceRequest {
  /** Of the ticket. */
  readonly hash: string
  readonly userCode: string
  readonly createdAt: EpochSeconds
  readonly answer?: 'declined' | 'redeemed' | Authentication
}

/** Where a user code leads; the person does not say of which tenant the device is. */
interface UserCodeIndex extends Pick<Ticket, 'expiresAt' | 'id'> {
  readonly tenant: string
}

export const DEVICE_CODE_SECONDS = 900
/** A device that asks more often is told to slow down. */
export const DEVICE_INTERVAL_SECONDS = 5
/** Consonants without those that look or sound like others: no words, nothing to confuse. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const USER_CODE_LETTERS = 8

/** A device as the person who has its code sees it. */
export interface WaitingDevice {
  readonly tenant: string
  readonly key: RecordKey
  readonly record: DeviceRecord
}

/** Lets a device wait; gives what it asks with and what the person types: `BCDF-GHJK`. */
export function putDevice(
  unit: UnitOfWork,
  tenant: string,
  request: DeviceRequest,
  now: EpochSeconds,
): { readonly deviceCode: string; readonly userCode: string } {
  const ticket = newTicket(now + DEVICE_CODE_SECONDS)
  const { expiresAt, id } = ticket
  const letter = (): string => LETTERS.charAt(randomInt(LETTERS.length))
  const userCode = Array.from({ length: USER_CODE_LETTERS }, letter).join('')
  const meta: DeviceRecord = { ...request, hash: ticketHash(ticket), userCode, createdAt: now }
  unit.create<DeviceRecord>(ticketKey(tenant, 'device-code', ticket), { meta })
  // Of two devices with one code at a time, 1 in 25 milliards, the second conflicts and tries again.
  unit.create<UserCodeIndex>(userCodeKey(userCode), { meta: { tenant, expiresAt, id } })
  return { deviceCode: ticket.text, userCode: `${userCode.slice(0, 4)}-${userCode.slice(4)}` }
}

/** The device that a person has typed the code of. @throws Fault SignInFailed UserCodeWrong */
export async function waitingDevice(
  unit: UnitOfWork,
  typed: string,
  now: EpochSeconds,
): Promise<WaitingDevice> {
  const userCode = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  if (!/^[B-Z]{8}$/.test(userCode)) throw failedSignIn('UserCodeWrong')
  const index = await unit.get<UserCodeIndex>(userCodeKey(userCode))
  if (index === undefined || index.meta.expiresAt <= now) throw failedSignIn('UserCodeWrong')
  const { tenant } = index.meta
  const key = ticketKey(tenant, 'device-code', index.meta)
  const found = await unit.get<DeviceRecord>(key)
  if (found === undefined || found.meta.answer !== undefined) throw failedSignIn('UserCodeWrong')
  return { tenant, key, record: found.meta }
}

/** Writes the person's answer down. */
export function answerDevice(
  unit: UnitOfWork,
  { key, record }: WaitingDevice,
  answer: 'declined' | Authentication,
): void {
  unit.put<DeviceRecord>(key, { meta: { ...record, answer } })
}

/**
 * What a device is told that asks again.
 * @throws Fault SignInFailed: DeviceCodeUnknown, DeviceCodeExpired, DeviceCodeDeclined,
 *   DeviceCodeRedeemed
 */
export async function redeemDevice(
  unit: UnitOfWork,
  tenant: string,
  client: string,
  text: string,
  now: EpochSeconds,
): Promise<{ readonly request: DeviceRequest; readonly authentication: Authentication } | 'pending'> {
  const ticket = readTicket(text)
  if (ticket === undefined) throw failedSignIn('DeviceCodeUnknown')
  if (ticket.expiresAt <= now) throw failedSignIn('DeviceCodeExpired')
  const key = ticketKey(tenant, 'device-code', ticket)
  const found = await unit.get<DeviceRecord>(key)
  if (found === undefined || !isTicketOf(found.meta.hash, ticket) || found.meta.client !== client) {
    throw failedSignIn('DeviceCodeUnknown')
  }
  const { answer, ...request } = found.meta
  if (answer === undefined) return 'pending'
  if (answer === 'declined') throw failedSignIn('DeviceCodeDeclined')
  if (answer === 'redeemed') throw failedSignIn('DeviceCodeRedeemed')
  unit.put<DeviceRecord>(key, { meta: { ...found.meta, answer: 'redeemed' } })
  return { request, authentication: answer }
}

/** Where the user code of a device leads to it from; of a damaged one nobody knows any more. */
export async function userCodeKeysOf(
  unit: UnitOfWork,
  key: RecordKey,
): Promise<readonly RecordKey[]> {
  try {
    const found = await unit.get<DeviceRecord>(key)
    return found === undefined ? [] : [userCodeKey(found.meta.userCode)]
  } catch (thrown) {
    if (isFault(thrown, 'RecordCorrupt')) return []
    throw thrown
  }
}

function userCodeKey(userCode: string): RecordKey {
  return recordKeyOf(SYSTEM, 'device-user-code', userCode.toLowerCase())
}
