import { AcmeFailure } from './acme-failure.ts'
import { acmeProblem } from './acme-problem.ts'
import { objectOf, type AcmeSession } from './acme-session.ts'
import { authorize, type AuthorizeOptions } from './authorize.ts'
import { awaitStatus } from './await-status.ts'
import { chainOfPem } from './chain-of-pem.ts'

export interface OrderOptions extends AuthorizeOptions {
  /** PKCS #10 in DER, base64. */
  readonly request: string
}

/**
 * Orders a certificate (RFC 8555 §7.4): the order, the proofs, the request, the certificate.
 * @returns the certificate and those above it, in DER.
 * @throws AcmeFailure; the signal's reason when it is given up.
 */
export async function placeOrder(
  session: AcmeSession,
  options: OrderOptions,
): Promise<readonly Uint8Array[]> {
  const { dnsNames, pace, signal } = options
  const identifiers = dnsNames.map((value) => ({ type: 'dns', value }))
  const placed = await session.post(session.directory.newOrder, { payload: { identifiers } })
  const url = placed.headers.get('location')
  if (url === null) {
    throw new AcmeFailure('The ACME server has taken an order without URL.', { mayPass: true })
  }
  await authorize(session, objectOf(placed).texts('authorizations'), options)
  const passes = ['pending', 'processing']
  const ready = await awaitStatus(session, url, passes, pace, signal)
  if (ready.text('status') === 'ready') {
    const csr = Buffer.from(options.request, 'base64').toString('base64url')
    await session.post(ready.demandText('finalize'), { payload: { csr } })
  }
  const done = await awaitStatus(session, url, ['ready', ...passes], pace, signal)
  if (done.text('status') !== 'valid') throw acmeProblem(done.object('error'))
  const { body } = await session.post(done.demandText('certificate'), {
    accept: 'application/pem-certificate-chain',
  })
  return chainOfPem(body)
}
