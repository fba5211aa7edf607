import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../machine/command.ts'

/** Where a certificate says that its authority publishes. */
export interface Points {
  readonly ocsp: string
  readonly authority: string
  readonly list: string
}

/** What OCSP says of a certificate, in openssl's words, such as `good` or `revoked`. */
export type Status = string

/** The authority that issues, and who has signed it; by the names of their files. */
export interface AuthorityNames {
  readonly root: string
  readonly ca: string
}

const NONCELESS = '-no_nonce'

/**
 * What openssl makes of the certificates of an authority. Each is a file of a folder, `<name>.pem`,
 * which may hold its chain and its key as well.
 */
export class OpensslPki {
  readonly #openssl: Command
  readonly #folder: string
  readonly #names: AuthorityNames

  constructor(openssl: Command, folder: string, names: AuthorityNames) {
    this.#openssl = openssl
    this.#folder = folder
    this.#names = names
  }

  certificate(name: string): X509Certificate {
    return new X509Certificate(readFileSync(this.#path(`${name}.pem`)))
  }

  /** Who has signed it. */
  issuerOf(name: string): string {
    const { root, ca } = this.#names
    return name === ca ? root : ca
  }

  /** @throws Error when the chain is not one of a server of TLS; only the root is trusted. */
  async demandChain(name: string, ...options: readonly string[]): Promise<void> {
    const pem = `${name}.pem`
    const trust = ['-CAfile', `${this.#names.root}.pem`, '-untrusted', pem]
    await this.#openssl('verify', '-x509_strict', ...trust, ...options, pem)
  }

  /** @throws Error when one of the lists says that it is revoked, or cannot be used. */
  async demandNotListed(name: string, lists: readonly string[]): Promise<void> {
    const files = lists.flatMap((list) => ['-CRLfile', list])
    await this.demandChain(name, '-crl_check_all', ...files)
  }

  /** @throws Error when it does not say all of it. */
  async points(name: string): Promise<Points> {
    const { infoAccess = '' } = this.certificate(name)
    const points = await this.#openssl(
      'x509', '-in', `${name}.pem`, '-noout', '-ext', 'crlDistributionPoints',
    )
    return {
      ocsp: urlIn(infoAccess, /OCSP - URI:(\S+)/),
      authority: urlIn(infoAccess, /CA Issuers - URI:(\S+)/),
      list: urlIn(points.output, /URI:(\S+)/),
    }
  }

  /** Fetches the list that a certificate would be on, into a file. @throws Error when it is none */
  async fetchList(name: string): Promise<string> {
    const der = await got((await this.points(name)).list, 'application/pkix-crl')
    const file = `${name}-list.pem`
    writeFileSync(this.#path(`${name}-list.der`), der)
    const authority = ['-CAfile', `${this.issuerOf(name)}.pem`]
    const read = ['crl', '-inform', 'DER', '-in', `${name}-list.der`, '-out', file]
    const { errors } = await this.#openssl(...read, ...authority)
    if (!errors.includes('verify OK')) throw new Error(`openssl says of the list: ${errors}`)
    return file
  }

  /** Times and entries of a list, as text. */
  async listText(file: string): Promise<string> {
    return (await this.#openssl('crl', '-in', file, '-noout', '-text')).output
  }

  /** A newer list has a higher one (RFC 5280 §5.2.3). */
  async listNumber(file: string): Promise<bigint> {
    const { output } = await this.#openssl('crl', '-in', file, '-noout', '-crlnumber')
    return BigInt(output.trim().replace('crlNumber=', ''))
  }

  /** Fetches the authority's certificate from where a certificate points to. */
  async fetchAuthority(name: string): Promise<X509Certificate> {
    const { authority } = await this.points(name)
    return new X509Certificate(await got(authority, 'application/pkix-cert'))
  }

  /** Asks by POST. @throws Error when the answer is none, or not signed by the authority */
  async askByPost(name: string, ...options: readonly string[]): Promise<Status> {
    const { ocsp } = await this.points(name)
    // Options such as -sha256 hold of the certificates that come after them.
    return this.#answer(name, ...options, ...this.#question(name), '-url', ocsp)
  }

  /** Asks by GET (RFC 6960 appendix A.1), the request escaped as some clients do, or not. */
  async askByGet(name: string, escaped: boolean): Promise<Status> {
    const { ocsp } = await this.points(name)
    await this.#openssl('ocsp', NONCELESS, ...this.#question(name), '-reqout', 'request.der')
    const request = readFileSync(this.#path('request.der')).toString('base64')
    const url = `${ocsp}/${escaped ? encodeURIComponent(request) : request}`
    writeFileSync(this.#path('answer.der'), await got(url, 'application/ocsp-response'))
    return this.#answer(name, NONCELESS, ...this.#question(name), '-respin', 'answer.der')
  }

  /** Asks of a serial number. @throws Error with openssl's words for an answer that is an error */
  async askOfSerial(name: string, serial: string): Promise<void> {
    const { ocsp } = await this.points(name)
    const issuer = ['-issuer', `${this.issuerOf(name)}.pem`]
    await this.#openssl('ocsp', NONCELESS, ...issuer, '-serial', `0x${serial}`, '-url', ocsp)
  }

  async #answer(name: string, ...args: readonly string[]): Promise<Status> {
    const trust = ['-CAfile', `${this.#names.root}.pem`]
    const { output, errors } = await this.#openssl('ocsp', ...args, ...trust)
    const status = new RegExp(`^${name}\\.pem: (.+)$`, 'm').exec(output)?.[1]
    const reason = /^\s*Reason: (.+)$/m.exec(output)?.[1]
    if (status === undefined || !errors.includes('Response verify OK')) {
      throw new Error(output + errors)
    }
    return reason === undefined ? status : `${status}, ${reason}`
  }

  #question(name: string): readonly string[] {
    return ['-issuer', `${this.issuerOf(name)}.pem`, '-cert', `${name}.pem`]
  }

  #path(file: string): string {
    return join(this.#folder, file)
  }
}

function urlIn(text: string, pattern: RegExp): string {
  const url = pattern.exec(text)?.[1]
  if (url === undefined) throw new Error(`It does not point to ${pattern.source}: ${text}`)
  return url
}

async function got(url: string, mediaType: string): Promise<Uint8Array> {
  const answer = await fetch(url)
  const type = answer.headers.get('content-type')
  if (answer.status === 200 && type === mediaType) return answer.bytes()
  throw new Error(`${url} answered ${answer.status} of type ${type}: ${await answer.text()}`)
}
