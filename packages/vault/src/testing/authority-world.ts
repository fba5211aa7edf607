import { createHash, X509Certificate } from 'node:crypto'
import { CertID, OCSPRequest, Request, TBSRequest } from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import type { Call } from '../access/caller.ts'
import type { PolicyInput } from '../certificates/complete-policy.ts'
import { readAuthorityCertificate } from '../certificates/x509/authority-certificate.ts'
import type { CertificateIssuer } from '../certificates/issuer.ts'
import type { PendingCertificate } from '../certificates/pending-certificate.ts'
import type { Provider } from '../crypto/provider.ts'
import { systemCall } from '../directory/authenticate-system.ts'
import { memoryVault, type MemoryVault } from './memory-vault.ts'

/** A version of a certificate, and those that go with it. */
export interface HeldCertificate {
  readonly version: string
  readonly x509: X509Certificate
  readonly chain: readonly X509Certificate[]
  /** As the operations name it: lower-case hexadecimal digits. */
  readonly serial: string
}

/** A vault in memory that has an issuer with an authority of its own. */
export class AuthorityWorld {
  readonly memory: MemoryVault
  readonly call: Call
  /** The server itself, which publishes. */
  readonly publisher: Call

  private constructor(memory: MemoryVault) {
    this.memory = memory
    this.call = memory.administrator
    this.publisher = systemCall('pki', memory.first.tenant.id)
  }

  /** Opens it, without the issuer yet. */
  static async bare(
    publicationUrl?: string,
    wrap?: (provider: Provider) => Provider,
  ): Promise<AuthorityWorld> {
    return new AuthorityWorld(await memoryVault(wrap, publicationUrl))
  }

  /** Opens it with the issuer `corp`. */
  static async open(publicationUrl?: string): Promise<AuthorityWorld> {
    const world = await AuthorityWorld.bare(publicationUrl)
    await world.set('corp')
    return world
  }

  get certificates(): MemoryVault['vault']['certificates'] {
    return this.memory.vault.certificates
  }

  /** Sets an issuer of the provider Claviger. */
  set(name: string, accountId?: string, organisationId?: string): Promise<CertificateIssuer> {
    return this.certificates.setIssuer(this.call, {
      issuer: { vault: 'default', name },
      provider: 'Claviger',
      ...(accountId === undefined ? {} : { accountId }),
      ...(organisationId === undefined ? {} : { organisationId }),
    })
  }

  /** Creates a certificate or a version of it, by the issuer `corp` unless said. */
  create(name: string, policy: PolicyInput = {}): Promise<PendingCertificate> {
    const given = { subject: `CN=${name}`, keyType: 'EC', issuer: { name: 'corp' }, ...policy }
    return this.certificates.create(this.call, { certificate: ref(name), policy: given })
  }

  async held(name: string, version?: string): Promise<HeldCertificate> {
    const certificate = { ...ref(name), ...(version === undefined ? {} : { version }) }
    const { properties } = await this.certificates.get(this.call, { certificate })
    const { certificate: leaf = '', chain = [] } = properties.issued ?? {}
    const x509 = parsed(leaf)
    const serial = x509.serialNumber.toLowerCase()
    return { version: properties.version, x509, chain: chain.map(parsed), serial }
  }

  /** The key id of a certificate that is an authority. */
  async authorityOf(name: string): Promise<string> {
    return readAuthorityCertificate((await this.held(name)).x509.raw)?.authority ?? ''
  }

  /** Asks for the state of a certificate by its serial number, of an authority of the vault. */
  async ask(
    authorityName: string,
    serial: string,
    hash: 'sha1' | 'sha256' = 'sha1',
  ): ReturnType<MemoryVault['vault']['certificates']['getOcspResponse']> {
    const { x509 } = await this.held(authorityName)
    const authority = await this.authorityOf(authorityName)
    const request = ocspRequest(x509, serial, hash)
    return await this.certificates.getOcspResponse(this.publisher, {
      vault: 'default',
      authority,
      request,
    })
  }
}

/** Points to a certificate of the vault `default`. */
export function ref(name: string): { readonly vault: string; readonly name: string } {
  return { vault: 'default', name }
}

function parsed(base64: string): X509Certificate {
  return new X509Certificate(Buffer.from(base64, 'base64'))
}

const HASHES = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const

/** A request by OCSP for one certificate. @returns DER. */
export function ocspRequest(
  issuer: X509Certificate,
  serial: string,
  hash: keyof typeof HASHES = 'sha1',
): Uint8Array {
  const digest = (octets: Uint8Array): OctetString =>
    new OctetString(createHash(hash).update(octets).digest())
  const read = readAuthorityCertificate(issuer.raw)
  if (read === undefined) throw new TypeError('an issuer that cannot be read')
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: HASHES[hash], parameters: null }),
    issuerNameHash: digest(new Uint8Array(AsnConvert.serialize(read.subject))),
    issuerKeyHash: digest(read.keyBits),
    serialNumber: Uint8Array.fromHex(serial).buffer,
  })
  const tbsRequest = new TBSRequest({ requestList: [new Request({ reqCert })] })
  return new Uint8Array(AsnConvert.serialize(new OCSPRequest({ tbsRequest })))
}
