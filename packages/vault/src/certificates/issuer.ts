import { Fault } from '../fault.ts'
import { demandObjectName } from '../object-name.ts'
import type { Content } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

/** Somebody at the issuer's customer who may be asked. */
export interface IssuerAdministrator {
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  readonly phone?: string
}

/** An authority that certificates can be ordered from; its password is the record's secret. */
export interface CertificateIssuer {
  readonly name: string
  readonly provider: string
  readonly accountId?: string
  readonly organisationId?: string
  readonly administrators?: readonly IssuerAdministrator[]
  readonly enabled: boolean
  readonly created: EpochSeconds
  readonly updated: EpochSeconds
  /** Which certificates of the vault it issues by; of the provider Claviger alone. */
  readonly authority?: IssuerAuthority
}

/** The names of the certificates of an authority in its vault. */
export interface IssuerAuthority {
  /** Signs what is issued. */
  readonly certificate: string
  /** Signs certificates of authorities, that of `certificate` among them. */
  readonly root?: string
}

/** Points to an issuer of a vault. */
export interface IssuerRef {
  readonly vault: string
  readonly name: string
}

export function issuerKey(vault: VaultRecord, name: string): RecordKey {
  return recordKeyOf(vault.tenant, 'v', vault.id, 'certificate-issuer', name.toLowerCase())
}

export function issuerPrefix(vault: VaultRecord): RecordKey {
  return prefixOf(vault.tenant, 'v', vault.id, 'certificate-issuer')
}

/** @throws Fault NameInvalid, CertificateIssuerNotFound */
export async function readIssuer(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
): Promise<Content<CertificateIssuer>> {
  demandObjectName(name)
  const issuer = await unit.get<CertificateIssuer>(issuerKey(vault, name))
  if (issuer === undefined) throw new Fault('CertificateIssuerNotFound', { name })
  return issuer
}
