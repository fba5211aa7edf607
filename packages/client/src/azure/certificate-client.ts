import { encodeBase64, encodeBase64url } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import type { PagedAsyncIterableIterator } from '../core/paging.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { type PollerOptions, resumedName } from '../core/poller.ts'
import type {
  BeginCreateCertificateOptions,
  CertificateOperation,
  CertificateProperties,
  DeletedCertificate,
  ImportCertificateOptions,
  KeyVaultCertificate,
  KeyVaultCertificateWithPolicy,
  ListCertificatesOptions,
  UpdateCertificatePropertiesOptions,
} from './certificate-models.ts'
import type { CertificatePolicy, ImportCertificatePolicy } from './certificate-policy-models.ts'
import type {
  CertificateContact,
  CertificateIssuer,
  CreateIssuerOptions,
  IssuerProperties,
  UpdateIssuerOptions,
} from './issuer-models.ts'
import { type CertificatePoller, certificatePoller, CREATION } from './certificate-poller.ts'
import {
  certificateOperation,
  certificatePolicy,
  certificateProperties,
  certificateWithPolicy,
  deletedCertificate,
  keyVaultCertificate,
  toWirePolicy,
} from './certificate-wire.ts'
import { objectPoller, type ObjectPoller, recoverOrFind } from './deletion-pollers.ts'
import {
  certificateIssuer,
  issuerProperties,
  toWireIssuer,
  type WireContacts,
} from './issuer-wire.ts'
import { octetsIn, toWireAttributes } from './object-properties.ts'
import type { TokenCredential } from './token-credential.ts'
import {
  segment,
  VaultConnection,
  type VaultClientOptions,
  versionSegment,
} from './vault-connection.ts'
import { vaultList } from './vault-list.ts'

/** How a client of certificates is made. */
export interface CertificateClientOptions extends VaultClientOptions {}

/**
 * The certificates of one vault. Every method rejects with a `ClavigerError` of the class that the
 * status has: 400, 401, 403, 404, 409, 429 or 5xx. Source: Key Vault REST, certificates.
 */
export class CertificateClient {
  /** The vault's URL, as it was given. */
  readonly vaultUrl: string
  readonly #connection: VaultConnection

  /**
   * @param vaultUrl `https://name.vault.azure.net`, or that of a vault of your own.
   * @throws TypeError unless it is an https URL.
   */
  constructor(
    vaultUrl: string,
    credential: TokenCredential,
    options: CertificateClientOptions = {},
  ) {
    this.vaultUrl = vaultUrl
    this.#connection = new VaultConnection(vaultUrl, credential, options)
  }

  /**
   * Begins a certificate. With the issuer `Unknown` it waits for `mergeCertificate`.
   * @throws ConflictError while another one is being made under that name, or a deleted one has
   *   it.
   * @throws BadRequestError for a policy that the service does not take.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
   */
  async beginCreateCertificate(
    certificateName: string,
    policy: CertificatePolicy,
    options: BeginCreateCertificateOptions = {},
  ): Promise<CertificatePoller> {
    const { enabled, tags, preserveCertificateOrder, resumeFrom } = options
    if (resumeFrom !== undefined) return this.#follow(this.#resumed(resumeFrom), options)
    const body = {
      policy: toWirePolicy(policy),
      attributes: defined({ enabled }),
      ...defined({ tags, preserveCertOrder: preserveCertificateOrder }),
    }
    const path = `${pathOf(certificateName)}/create`
    await this.#connection.ask({ method: 'POST', path, body }, options)
    return this.#follow(certificateName, options)
  }

  /**
   * Follows a certificate that is being made, and cancels it when it is told to.
   * @throws ResourceNotFoundError when none was begun under this name.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-operation
   */
  async getCertificateOperation(
    certificateName: string,
    options: PollerOptions = {},
  ): Promise<CertificatePoller> {
    const { resumeFrom } = options
    const name = resumeFrom === undefined ? certificateName : this.#resumed(resumeFrom)
    return this.#follow(name, options)
  }

  /**
   * Forgets the making of a certificate; the certificate is left as far as it is.
   * @throws ResourceNotFoundError when none was begun under this name.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/delete-certificate-operation
   */
  async deleteCertificateOperation(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<CertificateOperation> {
    const path = `${pathOf(certificateName)}/pending`
    return this.#connection.ask(
      { method: 'DELETE', path },
      options,
      certificateOperation(certificateName),
    )
  }

  /**
   * Ends the making of a certificate with what somebody has signed: DER, the leaf first.
   * @throws ResourceNotFoundError when none was begun under this name.
   * @throws BadRequestError when the certificate is not of the key that was made.
   * @throws AccessDeniedError when another issuer than `Unknown` makes it.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/merge-certificate
   */
  async mergeCertificate(
    certificateName: string,
    x509Certificates: readonly Uint8Array[],
    options: OperationOptions = {},
  ): Promise<KeyVaultCertificateWithPolicy> {
    const body = { x5c: x509Certificates.map(encodeBase64) }
    const path = `${pathOf(certificateName)}/pending/merge`
    return this.#connection.ask({ method: 'POST', path, body }, options, certificateWithPolicy)
  }

  /**
   * Reads the newest version with its policy.
   * @throws ResourceNotFoundError when there is no such certificate.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate
   */
  async getCertificate(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<KeyVaultCertificateWithPolicy> {
    const path = `${pathOf(certificateName)}/`
    return this.#connection.ask({ method: 'GET', path }, options, certificateWithPolicy)
  }

  /**
   * Reads a version.
   * @throws ResourceNotFoundError when there is no such version.
   * @throws TypeError for the version `''`.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate
   */
  async getCertificateVersion(
    certificateName: string,
    version: string,
    options: OperationOptions = {},
  ): Promise<KeyVaultCertificate> {
    if (version === '') throw new TypeError('A version is wanted; getCertificate reads the newest.')
    const path = `${pathOf(certificateName)}/${versionSegment(version)}`
    return this.#connection.ask({ method: 'GET', path }, options, keyVaultCertificate)
  }

  /**
   * Brings a certificate with its private key: a PKCS#12 file, or PEM with its content type.
   * @throws ConflictError while a deleted certificate has this name.
   * @throws BadRequestError when the file does not open, or has no private key.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/import-certificate
   */
  async importCertificate(
    certificateName: string,
    certificateBytes: Uint8Array,
    options: ImportCertificateOptions = {},
  ): Promise<KeyVaultCertificateWithPolicy> {
    const { enabled, password: pwd, policy, tags, preserveCertificateOrder } = options
    const isPem = policy?.contentType === 'application/x-pem-file'
    const body = {
      value: isPem ? new TextDecoder().decode(certificateBytes) : encodeBase64(certificateBytes),
      ...defined({
        pwd,
        tags,
        policy: policy && toWirePolicy(policy),
        preserveCertOrder: preserveCertificateOrder,
      }),
      attributes: defined({ enabled }),
    }
    const path = `${pathOf(certificateName)}/import`
    return this.#connection.ask({ method: 'POST', path, body }, options, certificateWithPolicy)
  }

  /**
   * Reads how a certificate is made and renewed.
   * @throws ResourceNotFoundError when there is no such certificate.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-policy
   */
  async getCertificatePolicy(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<ImportCertificatePolicy> {
    const path = `${pathOf(certificateName)}/policy`
    return this.#connection.ask({ method: 'GET', path }, options, certificatePolicy)
  }

  /**
   * Changes how a certificate is made and renewed; what is not given stays.
   * @throws ResourceNotFoundError when there is no such certificate.
   * @throws BadRequestError for a policy that the service does not take.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate-policy
   */
  async updateCertificatePolicy(
    certificateName: string,
    policy: ImportCertificatePolicy,
    options: OperationOptions = {},
  ): Promise<ImportCertificatePolicy> {
    const path = `${pathOf(certificateName)}/policy`
    const body = toWirePolicy(policy)
    return this.#connection.ask({ method: 'PATCH', path, body }, options, certificatePolicy)
  }

  /**
   * Changes a version; `''` is the newest.
   * @throws ResourceNotFoundError when there is no such version.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate
   */
  async updateCertificateProperties(
    certificateName: string,
    version: string,
    options: UpdateCertificatePropertiesOptions = {},
  ): Promise<KeyVaultCertificate> {
    const body = { ...defined({ tags: options.tags }), attributes: toWireAttributes(options) }
    const path = `${pathOf(certificateName)}/${versionSegment(version)}`
    return this.#connection.ask({ method: 'PATCH', path, body }, options, keyVaultCertificate)
  }

  /**
   * The newest version of each certificate.
   * @throws AccessDeniedError when certificates may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificates
   */
  listPropertiesOfCertificates(
    options: ListCertificatesOptions = {},
  ): PagedAsyncIterableIterator<CertificateProperties> {
    const { includePending } = options
    const query = { includePending }
    return vaultList(this.#connection, '/certificates', certificateProperties, options, query)
  }

  /**
   * All versions of a certificate, in no order of time.
   * @throws AccessDeniedError when certificates may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-versions
   */
  listPropertiesOfCertificateVersions(
    certificateName: string,
    options: OperationOptions = {},
  ): PagedAsyncIterableIterator<CertificateProperties> {
    const path = `${pathOf(certificateName)}/versions`
    return vaultList(this.#connection, path, certificateProperties, options)
  }

  /**
   * Deletes all versions with their keys and secrets; they can be recovered until purged.
   * @throws ResourceNotFoundError when there is no such certificate.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/delete-certificate
   */
  beginDeleteCertificate(
    certificateName: string,
    options: PollerOptions = {},
  ): Promise<ObjectPoller<DeletedCertificate>> {
    const begin = async (name: string, call: OperationOptions): Promise<DeletedCertificate> =>
      this.#connection.ask({ method: 'DELETE', path: pathOf(name) }, call, deletedCertificate)
    const look = (name: string, call: OperationOptions): Promise<DeletedCertificate> =>
      this.getDeletedCertificate(name, call)
    const isDone = ({ recoveryId }: DeletedCertificate): boolean => recoveryId === undefined
    const operation = 'delete certificate'
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(certificateName, requests, options)
  }

  /**
   * Reads a deleted certificate.
   * @throws ResourceNotFoundError when no deleted certificate has this name.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-deleted-certificate
   */
  async getDeletedCertificate(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<DeletedCertificate> {
    const path = deletedPathOf(certificateName)
    return this.#connection.ask({ method: 'GET', path }, options, deletedCertificate)
  }

  /**
   * All deleted certificates.
   * @throws AccessDeniedError when certificates may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-deleted-certificates
   */
  listDeletedCertificates(
    options: ListCertificatesOptions = {},
  ): PagedAsyncIterableIterator<DeletedCertificate> {
    const { includePending } = options
    const query = { includePending }
    return vaultList(this.#connection, '/deletedcertificates', deletedCertificate, options, query)
  }

  /**
   * Brings a deleted certificate back; one that is there is there already.
   * @throws ResourceNotFoundError when the certificate is neither deleted nor there.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/recover-deleted-certificate
   */
  beginRecoverDeletedCertificate(
    certificateName: string,
    options: PollerOptions = {},
  ): Promise<ObjectPoller<KeyVaultCertificateWithPolicy>> {
    let isThere = false
    const look = (name: string, call: OperationOptions): Promise<KeyVaultCertificateWithPolicy> =>
      this.getCertificate(name, call)
    const begin = async (
      name: string,
      call: OperationOptions,
    ): Promise<KeyVaultCertificateWithPolicy> => {
      const request = { method: 'POST', path: `${deletedPathOf(name)}/recover` } as const
      const recover = async (): Promise<KeyVaultCertificateWithPolicy> =>
        this.#connection.ask(request, call, certificateWithPolicy)
      const recovered = await recoverOrFind(recover, () => look(name, call))
      isThere = recovered.isThere
      return recovered.result
    }
    const operation = 'recover certificate'
    const isDone = (): boolean => isThere
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(certificateName, requests, options)
  }

  /**
   * Deletes a deleted certificate for good.
   * @throws ResourceNotFoundError when no deleted certificate has this name.
   * @throws AccessDeniedError under purge protection.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/purge-deleted-certificate
   */
  async purgeDeletedCertificate(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<void> {
    await this.#connection.ask({ method: 'DELETE', path: deletedPathOf(certificateName) }, options)
  }

  /**
   * All versions in a form that this vault's service alone can read.
   * @throws ResourceNotFoundError when there is no such certificate.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/backup-certificate
   */
  async backupCertificate(
    certificateName: string,
    options: OperationOptions = {},
  ): Promise<Uint8Array> {
    const path = `${pathOf(certificateName)}/backup`
    return this.#connection.ask({ method: 'POST', path, isRepeatable: true }, options, octetsIn)
  }

  /**
   * Brings back what `backupCertificate` gave.
   * @throws ConflictError when the name is there, deleted or not.
   * @throws BadRequestError when it is no backup.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/restore-certificate
   */
  async restoreCertificateBackup(
    backup: Uint8Array,
    options: OperationOptions = {},
  ): Promise<KeyVaultCertificateWithPolicy> {
    const body = { value: encodeBase64url(backup) }
    return this.#connection.ask(
      { method: 'POST', path: '/certificates/restore', body },
      options,
      certificateWithPolicy,
    )
  }

  /**
   * Who is told.
   * @throws ResourceNotFoundError when nobody is told.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-contacts
   */
  getContacts(options: OperationOptions = {}): Promise<readonly CertificateContact[]> {
    return this.#contacts({ method: 'GET' }, options)
  }

  /**
   * Sets who is told, in place of all who were.
   * @throws BadRequestError when there is none, or one has no address.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-contacts
   */
  setContacts(
    contacts: readonly CertificateContact[],
    options: OperationOptions = {},
  ): Promise<readonly CertificateContact[]> {
    return this.#contacts({ method: 'PUT', body: { contacts }, isRepeatable: true }, options)
  }

  /**
   * Removes who is told, and gives them.
   * @throws ResourceNotFoundError when nobody is told.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/delete-certificate-contacts
   */
  deleteContacts(options: OperationOptions = {}): Promise<readonly CertificateContact[]> {
    return this.#contacts({ method: 'DELETE' }, options)
  }

  /**
   * All issuers that were set.
   * @throws AccessDeniedError when issuers may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuers
   */
  listPropertiesOfIssuers(
    options: OperationOptions = {},
  ): PagedAsyncIterableIterator<IssuerProperties> {
    return vaultList(this.#connection, '/certificates/issuers', issuerProperties, options)
  }

  /**
   * Sets an issuer.
   * @throws BadRequestError when the service does not take it.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-issuer
   */
  createIssuer(
    issuerName: string,
    provider: string,
    options: CreateIssuerOptions = {},
  ): Promise<CertificateIssuer> {
    const body = toWireIssuer({ ...options, provider })
    return this.#issuer(issuerName, { method: 'PUT', body, isRepeatable: true }, options)
  }

  /**
   * Changes an issuer; what is not given stays.
   * @throws ResourceNotFoundError when there is no such issuer.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate-issuer
   */
  updateIssuer(issuerName: string, options: UpdateIssuerOptions = {}): Promise<CertificateIssuer> {
    return this.#issuer(issuerName, { method: 'PATCH', body: toWireIssuer(options) }, options)
  }

  /**
   * Reads an issuer, without its password.
   * @throws ResourceNotFoundError when there is no such issuer.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuer
   */
  getIssuer(issuerName: string, options: OperationOptions = {}): Promise<CertificateIssuer> {
    return this.#issuer(issuerName, { method: 'GET' }, options)
  }

  /**
   * Removes an issuer, and gives it.
   * @throws ResourceNotFoundError when there is no such issuer.
   * @see https://learn.microsoft.com/rest/api/keyvault/certificates/delete-certificate-issuer
   */
  deleteIssuer(issuerName: string, options: OperationOptions = {}): Promise<CertificateIssuer> {
    return this.#issuer(issuerName, { method: 'DELETE' }, options)
  }

  #resumed(text: string): string {
    return resumedName(text, { operation: CREATION, vaultUrl: this.#connection.base })
  }

  #follow(
    name: string,
    options: OperationOptions & { readonly intervalInMs?: number },
  ): Promise<CertificatePoller> {
    const path = `${pathOf(name)}/pending`
    const body = { cancellation_requested: true }
    const { base: vaultUrl } = this.#connection
    return certificatePoller(
      { operation: CREATION, vaultUrl, name },
      {
        operation: (call) =>
          this.#connection.ask({ method: 'GET', path }, call, certificateOperation(name)),
        certificate: (call) => this.getCertificate(name, call),
        cancel: (call) =>
          this.#connection.ask({ method: 'PATCH', path, body }, call, certificateOperation(name)),
      },
      options,
    )
  }

  async #contacts(
    request: Omit<Parameters<VaultConnection['ask']>[0], 'path'>,
    options: OperationOptions,
  ): Promise<readonly CertificateContact[]> {
    const path = '/certificates/contacts'
    const wire = await this.#connection.ask<WireContacts>({ ...request, path }, options)
    return wire.contacts ?? []
  }

  async #issuer(
    name: string,
    request: Omit<Parameters<VaultConnection['ask']>[0], 'path'>,
    options: OperationOptions,
  ): Promise<CertificateIssuer> {
    const path = `/certificates/issuers/${segment(name)}`
    return this.#connection.ask({ ...request, path }, options, certificateIssuer)
  }
}

function pathOf(name: string): string {
  return `/certificates/${segment(name)}`
}

function deletedPathOf(name: string): string {
  return `/deletedcertificates/${segment(name)}`
}
