import { randomUUID } from 'node:crypto'
import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { demandDisplayName } from './credential-name.ts'
import {
  credentialKey,
  credentialPrefix,
  type Credential,
  type PasskeyCredential,
} from './credential.ts'
import { demandRoom, summaryOf, type CredentialSummary } from './credentials.ts'
import { touchEpoch } from './touch-epoch.ts'
import { readOwnCredential, readSelf } from './user-credentials.ts'

const BASE64URL = /^[0-9A-Za-z_-]{1,2048}$/
const TRANSPORT = /^[0-9a-z-]{1,32}$/
const MAXIMUM_TRANSPORTS = 8

/** A new passkey as a browser has proved it; the door has verified the proof. */
export type AddPasskeyInput = Pick<
  PasskeyCredential,
  'displayName' | 'passkeyId' | 'publicKey' | 'counter' | 'transports'
>

/** Gives the user that calls a passkey to sign in with. */
export const addPasskey = operation<AddPasskeyInput, CredentialSummary>({
  name: 'DirectoryPasskeyAdd',
  permission: 'self/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `self/passkeys/${output?.id ?? ''}`,

  async run(context, { displayName, passkeyId, publicKey, counter, transports }) {
    const { unit, caller, now } = context
    const user = await readSelf(context)
    demandDisplayName(displayName)
    if (!BASE64URL.test(passkeyId)) throw invalidInput('passkeyId', 'it must be base64url')
    if (!BASE64URL.test(publicKey)) throw invalidInput('publicKey', 'it must be base64url')
    const isCount = Number.isSafeInteger(counter) && counter >= 0
    if (!isCount) throw invalidInput('counter', 'it must be a whole number')
    const known = transports.filter((one) => TRANSPORT.test(one)).slice(0, MAXIMUM_TRANSPORTS)
    const others = await unit.listAll<Credential>(credentialPrefix(caller.tenant, user.id))
    demandRoom(others.length)
    const isThere = others.some(
      ({ content: { meta } }) => meta.kind === 'passkey' && meta.passkeyId === passkeyId,
    )
    if (isThere) throw new Fault('DirectoryObjectExists', { type: 'credential', id: displayName })
    const id = randomUUID()
    const credential: PasskeyCredential = {
      kind: 'passkey',
      id,
      displayName,
      createdAt: now,
      passkeyId,
      publicKey,
      counter,
      transports: known,
    }
    const key = credentialKey(caller.tenant, user.id, id)
    unit.create<Credential>(key, { meta: credential })
    touchEpoch(unit)
    return summaryOf(credential)
  },
})

/** Takes a passkey of the user that calls away. */
export const removePasskey = operation<{ readonly credential: string }, CredentialSummary>({
  name: 'DirectoryPasskeyRemove',
  permission: 'self/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ credential }) => `self/passkeys/${credential.slice(0, 36)}`,

  async run(context, { credential }) {
    const { unit, caller } = context
    await readSelf(context)
    demandGuid('credential', credential)
    const found = await readOwnCredential(context, credential)
    if (found.kind !== 'passkey') throw invalidInput('credential', 'it is no passkey')
    unit.delete(credentialKey(caller.tenant, caller.principal, credential))
    touchEpoch(unit)
    return summaryOf(found)
  },
})

/** A credential as its own user sees it. */
export type OwnCredential = CredentialSummary & {
  /** Of a passkey, whole: by it a browser knows that it has this one already. */
  readonly passkeyId?: string
}

/** What the user that calls can sign in with. */
export const listOwnCredentials = operation<
  Readonly<Record<string, never>>,
  readonly OwnCredential[]
>({
  name: 'DirectoryOwnCredentialList',
  permission: 'self/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: () => 'self/credentials',

  async run(context) {
    const user = await readSelf(context)
    const { tenant } = context.caller
    const listed = await context.unit.listAll<Credential>(credentialPrefix(tenant, user.id))
    return listed.map(({ content: { meta } }) =>
      meta.kind === 'passkey' ? { ...summaryOf(meta), passkeyId: meta.passkeyId } : summaryOf(meta),
    )
  },
})
