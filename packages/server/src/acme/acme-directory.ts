import { AcmeFailure } from './acme-failure.ts'
import { AcmeObject } from './acme-object.ts'
import { acmeProblem } from './acme-problem.ts'
import type { AcmeTransport } from './acme-transport.ts'

/** Where an ACME server takes what (RFC 8555 §7.1.1). */
export interface AcmeDirectory {
  readonly newNonce: string
  readonly newAccount: string
  readonly newOrder: string
  /** Accounts must be bound to one that was made elsewhere. */
  readonly needsExternalAccount: boolean
}

/** @throws AcmeFailure */
export async function acmeDirectory(
  transport: AcmeTransport,
  url: string,
): Promise<AcmeDirectory> {
  const { status, body } = await transport.request(url, { method: 'GET' })
  const object = AcmeObject.parse(body)
  if (status !== 200) throw acmeProblem(object, status)
  if (object === undefined) {
    throw new AcmeFailure(`There is no ACME directory at ${url}; correct the issuer.`)
  }
  return {
    newNonce: object.demandText('newNonce'),
    newAccount: object.demandText('newAccount'),
    newOrder: object.demandText('newOrder'),
    needsExternalAccount: object.object('meta')?.isTrue('externalAccountRequired') ?? false,
  }
}
