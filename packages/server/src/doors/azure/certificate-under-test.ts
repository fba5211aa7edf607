import type { DoorUnderTest, Received } from './door-under-test.ts'

/** A policy for a certificate that is quick to make. */
export const EC_POLICY = {
  key_props: { kty: 'EC', crv: 'P-256' },
  x509_props: { subject: 'CN=example.com', sans: { dns_names: ['example.com'] } },
  issuer: { name: 'Self' },
}

/** Makes a certificate; the policy is quick unless another is among the members. */
export async function createCertificate(
  { call }: Pick<DoorUnderTest, 'call'>,
  name: string,
  members: object = {},
): Promise<Received> {
  const answer = await call('POST', `/certificates/${name}/create`, {
    body: { policy: EC_POLICY, ...members },
  })
  if (answer.status !== 202) throw new Error(`the certificate was not made: ${answer.text}`)
  return answer
}

/** A member of an answer that is an object. */
export function memberOf({ json }: Received, name: string): Readonly<Record<string, unknown>> {
  return Object(json[name])
}
