import { Fault } from '../../fault.ts'
import { operation } from '../../operation.ts'
import type { Secret } from '../../seal/secret.ts'
import { certificateTarget, type CertificateRef } from '../certificate.ts'
import { readIssuer } from '../issuer.ts'
import { readPending, type CertificateOrder, type PendingCertificate } from '../pending-certificate.ts'
import { readAcmeAccount } from './acme-account.ts'

/** All that is needed to ask an authority for the certificate that is pending. */
export interface OrderToPlace {
  readonly requestId: string
  /** PKCS #10 in DER, base64. */
  readonly request: string
  readonly dnsNames: readonly string[]
  /** What the policy asks the issuer for: `http-01` or `dns-01`. */
  readonly certificateType?: string
  readonly issuer: {
    readonly name: string
    readonly directory: string
    readonly emails: readonly string[]
    /** The external account that the issuer names, with its key or without. */
    readonly externalKeyId?: string
    /** External account binding (RFC 8555 §7.3.4); the key as it was given, base64url. */
    readonly externalAccount?: { readonly keyId: string; readonly key: Secret }
  }
  /** The account that the vault keeps; its key is PKCS #8 in DER, and may not be registered yet. */
  readonly account?: { readonly url?: string; readonly key: Secret }
}

/** Tells what is to be ordered; for the server itself. */
export const getOrder = operation<{ readonly certificate: CertificateRef }, OrderToPlace>({
  name: 'CertificateOrderGet',
  permission: 'maintenance/run',
  writes: false,
  target: certificateTarget,

  async run({ unit, vault }, { certificate: { name } }) {
    const container = vault()
    const { meta: pending } = await readPending(unit, container, name)
    const { requestId, request, issuer } = demandOrder(pending)
    const { meta, secret } = await readIssuer(unit, container, issuer.name)
    const { accountId, organisationId, administrators = [] } = meta
    const account = await readAcmeAccount(unit, container, meta)
    return {
      requestId,
      request: request ?? '',
      dnsNames: pending.order?.dnsNames ?? [],
      ...(issuer.certificateType === undefined ? {} : { certificateType: issuer.certificateType }),
      issuer: {
        name: meta.name,
        directory: organisationId ?? '',
        emails: administrators.flatMap(({ email }) => (email === undefined ? [] : [email])),
        ...(accountId === undefined ? {} : { externalKeyId: accountId }),
        ...(accountId !== undefined && secret !== undefined
          ? { externalAccount: { keyId: accountId, key: secret } }
          : {}),
      },
      ...(account?.secret === undefined
        ? {}
        : {
            account: {
              ...(account.meta.url === undefined ? {} : { url: account.meta.url }),
              key: account.secret,
            },
          }),
    }
  },
})

/**
 * The operation of an order that is under way.
 * @param requestId of the operation that is meant; another may have taken its place.
 * @throws Fault PendingCertificateOver
 */
export function demandOrder(
  pending: PendingCertificate,
  requestId = pending.requestId,
): PendingCertificate & { readonly order: CertificateOrder } {
  const { order, status, name } = pending
  if (status !== 'inProgress' || order === undefined || requestId !== pending.requestId) {
    throw new Fault('PendingCertificateOver', { name, status })
  }
  return { ...pending, order }
}
