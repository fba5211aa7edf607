import type { AcmeObject } from './acme-object.ts'
import { acmeProblem } from './acme-problem.ts'
import type { AcmeSession } from './acme-session.ts'
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
  const { dnsNames, request, pace, signal } = options
  const placed = await session.createOrder(dnsNames)
  const url = placed.demandText('url')
  await authorize(session, placed.texts('authorizations'), options)
  const look = async (): Promise<AcmeObject> => await session.order(url)
  const passes = ['pending', 'processing']
  const ready = await awaitStatus(session, look, passes, pace, signal)
  if (ready.text('status') === 'ready') {
    await session.finalize(ready.demandText('finalize'), request)
  }
  const done = await awaitStatus(session, look, ['ready', ...passes], pace, signal)
  if (done.text('status') !== 'valid') throw acmeProblem(done.object('error'))
  return chainOfPem(await session.certificate(done.demandText('certificate')))
}
