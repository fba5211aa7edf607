import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import type { OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { certificateCredential } from './certificate-credential.ts'
import {
  credentialKey,
  credentialPrefix,
  type CertificateCredential,
  type Credential,
} from './credential.ts'
import { demandDisplayName } from './credential-name.ts'
import { demandRoom } from './credentials.ts'

/** One of the certificates that an application is to have. */
export interface WantedCertificate {
  /** GUID, chosen by who asks; a random one when absent. */
  readonly id?: string
  readonly displayName?: string
  /** PEM or DER; without it, the one that is there under this id stays. */
  readonly certificate?: Uint8Array
  /** Ends it before the certificate itself does. */
  readonly expiresAt?: EpochSeconds
}

/**
 * Makes these the certificates by which a holder signs in: new ones are added, those that are not
 * named go. The caller touches the epoch.
 * @throws Fault InvalidInput
 */
export async function replaceCertificates(
  { unit, caller, now }: Pick<OperationContext, 'unit' | 'caller' | 'now'>,
  holder: string,
  wanted: readonly WantedCertificate[],
): Promise<void> {
  const listed = await unit.listAll<Credential>(credentialPrefix(caller.tenant, holder))
  const former = new Map(
    listed.flatMap(({ content: { meta } }) =>
      meta.kind === 'certificate' ? [[meta.id, meta] as const] : [],
    ),
  )
  demandRoom(Math.max(0, listed.length - former.size + wanted.length - 1))
  const next = new Map<string, CertificateCredential>()
  for (const one of wanted) {
    const credential = credentialOf(one, former, now)
    if (next.has(credential.id))
      throw invalidInput('keyCredentials', 'two of them have the same keyId')
    next.set(credential.id, credential)
  }
  const keyOf = (id: string): ReturnType<typeof credentialKey> =>
    credentialKey(caller.tenant, holder, id)
  await unit.getMany([...former.keys(), ...next.keys()].map(keyOf))
  for (const id of former.keys()) if (!next.has(id)) unit.delete(keyOf(id))
  for (const [id, credential] of next) {
    if (former.get(id) !== credential) unit.put<Credential>(keyOf(id), { meta: credential })
  }
}

function credentialOf(
  { id, displayName = '', certificate, expiresAt }: WantedCertificate,
  former: ReadonlyMap<string, CertificateCredential>,
  now: EpochSeconds,
): CertificateCredential {
  if (id !== undefined && !isGuid(id)) throw invalidInput('keyId', 'it must be a GUID')
  const known = id === undefined ? undefined : former.get(id.toLowerCase())
  if (certificate === undefined) {
    if (known !== undefined) return known
    throw invalidInput('key', 'it must be given for a keyId that is not there yet')
  }
  demandDisplayName(displayName)
  const made = certificateCredential({ displayName, now, certificate })
  const end = Math.min(
    made.expiresAt ?? Number.POSITIVE_INFINITY,
    expiresAt ?? Number.POSITIVE_INFINITY,
  )
  if (end <= now) throw invalidInput('endDateTime', 'it must be a time to come')
  return { ...made, ...(id === undefined ? {} : { id: id.toLowerCase() }), expiresAt: end }
}
