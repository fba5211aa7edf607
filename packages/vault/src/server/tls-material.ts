import { SYSTEM } from '../directory/tenant.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'

/** A certificate of the server's own, with its private key as PKCS#8 DER. */
export interface TlsMaterial {
  /** PEM. */
  readonly certificate: string
  readonly privateKey: Secret
}

export type TlsRole = 'authority' | 'server'

/** Keeps the certificate authority or the server certificate, sealed. */
export const setTlsMaterial = operation<
  { readonly role: TlsRole; readonly material: TlsMaterial },
  undefined
>({
  name: 'TlsMaterialSet',
  permission: 'maintenance/run',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ role }) => `tls/${role}`,

  async run({ unit }, { role, material }) {
    const key = tlsKey(role)
    await unit.get(key)
    unit.put(key, { meta: { certificate: material.certificate }, secret: material.privateKey })
    return undefined
  },
})

/** Reads it again at a start; `undefined` before the first one. */
export const getTlsMaterial = operation<{ readonly role: TlsRole }, TlsMaterial | undefined>({
  name: 'TlsMaterialGet',
  permission: 'maintenance/run',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ role }) => `tls/${role}`,

  async run({ unit }, { role }) {
    const found = await unit.get<{ readonly certificate: string }>(tlsKey(role))
    if (found?.secret === undefined) return undefined
    return { certificate: found.meta.certificate, privateKey: found.secret }
  },
})

function tlsKey(role: TlsRole): RecordKey {
  return recordKeyOf(SYSTEM, 'tls', role)
}
