import { operation } from '../../operation.ts'
import type { Content } from '../../seal/seal.ts'
import type { Secret } from '../../seal/secret.ts'
import { recordKeyOf, type RecordKey } from '../../store/record-key.ts'
import type { UnitOfWork } from '../../unit-of-work.ts'
import type { VaultRecord } from '../../vaults/vault-record.ts'
import { readIssuer, type CertificateIssuer } from '../issuer.ts'

/** The account of an issuer at its authority; its private key is the record's secret, PKCS #8. */
export interface AcmeAccount {
  /** Absent until the authority has said it: the key is kept before it is registered. */
  readonly url?: string
  /** Where it was made; another directory needs another account. */
  readonly directory: string
  /** The external account that it was bound to. */
  readonly externalKeyId?: string
}

export function acmeAccountKey(vault: VaultRecord, issuer: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'acme-account', issuer.toLowerCase())
}

/** The account that an issuer has at the authority it now names; `undefined` for none. */
export async function readAcmeAccount(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name, organisationId, accountId }: CertificateIssuer,
): Promise<Content<AcmeAccount> | undefined> {
  const found = await unit.get<AcmeAccount>(acmeAccountKey(vault, name))
  if (found?.meta.directory !== organisationId) return undefined
  return found?.meta.externalKeyId === accountId ? found : undefined
}

export interface SetAcmeAccountInput {
  readonly vault: string
  readonly issuer: string
  /** Absent before the key is registered. */
  readonly url?: string
  readonly directory: string
  /** What it is, or will be, bound to; the issuer may name another by now. */
  readonly externalKeyId?: string
  /** PKCS #8 in DER. */
  readonly key: Secret
}

/** Keeps the account of an issuer, or the key that one is made with; for the server itself. */
export const setAcmeAccount = operation<SetAcmeAccountInput, undefined>({
  name: 'CertificateIssuerAccountSet',
  permission: 'maintenance/run',
  writes: true,
  target: ({ vault, issuer }) => ({ vault, object: `certificates/issuers/${issuer}` }),

  async run({ unit, vault }, { issuer: name, url, directory, externalKeyId, key }) {
    await readIssuer(unit, vault(), name)
    const accountKey = acmeAccountKey(vault(), name)
    await unit.claimOne(accountKey)
    const meta: AcmeAccount = {
      directory,
      ...(url === undefined ? {} : { url }),
      ...(externalKeyId === undefined ? {} : { externalKeyId }),
    }
    unit.put<AcmeAccount>(accountKey, { meta, secret: key })
    return undefined
  },
})
