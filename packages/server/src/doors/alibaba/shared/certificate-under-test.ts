import { pemOf } from '@claviger/vault'
import { testAuthority, type TestAuthority } from '@claviger/vault/testing'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from './door-under-test.ts'

/** What certificates are asked for by in tests; its organisation has a comma. */
export const SUBJECT = 'CN=app.example.com,OU=Operations,O=Example\\, Ltd,C=CN'

/** A door, and an authority outside that answers requests for certificates. */
export interface CertificateUnderTest extends SharedDoorUnderTest {
  readonly authority: TestAuthority
  /** Asks for a certificate. @returns its id and its request in PEM. */
  readonly request: (parameters?: Readonly<Record<string, string | boolean>>) => Promise<Requested>
  /** Asks for one and brings what was issued for it. @returns its id. */
  readonly issue: (parameters?: Readonly<Record<string, string | boolean>>) => Promise<string>
  /** What the authority issues for a request, in PEM. */
  readonly answerTo: (request: string) => string
}

export interface Requested {
  readonly id: string
  readonly csr: string
}

export async function certificateUnderTest(): Promise<CertificateUnderTest> {
  const world = await sharedDoorUnderTest()
  const from = world.memory.clock.now()
  const authority = testAuthority('C=CN, O=Example, CN=Authority', from)
  const answerTo = (request: string): string =>
    pemOf('CERTIFICATE', authority.issue(derOf(request), from))
  const request = async (parameters = {}): Promise<Requested> => {
    const asked = { Subject: SUBJECT, KeySpec: 'EC_P256', ...parameters }
    const { body } = await world.call('CreateCertificate', asked)
    return { id: body.CertificateId, csr: body.Csr }
  }
  return {
    ...world,
    authority,
    answerTo,
    request,
    async issue(parameters) {
      const { id: CertificateId, csr } = await request(parameters)
      await world.call('UploadCertificate', { CertificateId, Certificate: answerTo(csr) })
      return CertificateId
    },
  }
}

/** What stands between the lines of PEM. */
export function derOf(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
}
