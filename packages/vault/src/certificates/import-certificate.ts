import type { KeyObject, webcrypto } from 'node:crypto'
import type { PrivateNumbers } from '../crypto/provider.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { makeKey } from '../keys/key-material.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import {
  auditedCertificate,
  certificateTarget,
  type CertificateRef,
  type CertificateVersion,
  type ShownCertificate,
} from './certificate.ts'
import { demandRoomForFaces } from './certificate-faces.ts'
import { givenProperties, type VersionInput } from './certificate-input.ts'
import { UNKNOWN, type CertificatePolicy } from './certificate-policy.ts'
import { completePolicy, policyKey, type PolicyInput } from './complete-policy.ts'
import { demandNothingPending } from './create-certificate.ts'
import { demandInDates } from './demand-in-dates.ts'
import { issuedCertificate, putIssued } from './issue-self-signed.ts'
import { loadX509 } from './load-x509.ts'
import type { PendingKey } from './pending-certificate.ts'
import { readImport, type ReadImport } from './read-import.ts'
import { namesOfTheirKind } from './valid-names.ts'

export interface ImportCertificateInput extends VersionInput {
  readonly certificate: CertificateRef
  /** As the client sent it: PKCS #12 in base64, or PEM. */
  readonly value: Secret
  /** That of the PKCS #12 file; never stored. */
  readonly password?: Secret
}

const MAXIMUM_MONTHS = 1_200 // as in a policy that is given

/** Takes a certificate with its key from elsewhere, as a certificate or a new version of one. */
export const importCertificate = operation<ImportCertificateInput, ShownCertificate>({
  name: 'CertificateImport',
  permission: 'certificates/import',
  writes: true,
  target: certificateTarget,
  event: () => 'CertificateNewVersionCreated',
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run(context, input) {
    const { unit, now, provider } = context
    const { certificate, value, password } = input
    const given = givenProperties(input)
    const head = await demandRoomForFaces(context, certificate)
    const pendingKey = await demandNothingPending(context, certificate)
    const read = await readImport(value, password)
    demandInDates(read.leaf, now)
    const numbers = numbersOf(read.privateKey)
    const made = await makeKey(context, () => provider.import(numbers)).finally(() => wipe(numbers))
    const { spec, publicKey, materialId, material } = made
    if (publicKey === undefined) throw new TypeError('a key of a certificate has a public half')
    const key: PendingKey = { spec, publicKey, materialId, hsm: input.policy?.hsm ?? false }
    const policy = await importedPolicy(input.policy, read, key, now)
    const { inChainOrder } = await loadX509()
    const { leaf, all } = read
    const others = all.filter((one) => one !== leaf)
    const ordered = input.preserveOrder === true ? all : inChainOrder(leaf, others)
    const chain = ordered.map(({ der }) => der)
    const version: CertificateVersion = {
      ...given,
      name: head?.current.name ?? certificate.name,
      version: randomHexId(),
      notBefore: leaf.notBefore,
      expires: leaf.notAfter,
      created: now,
      updated: now,
      issued: issuedCertificate(policy, leaf.der, chain),
    }
    const pair = { key, material }
    await putIssued(context, head, policy, { version, pair, leaf: leaf.der, chain })
    unit.delete(pendingKey)
    return { properties: version, policy, pending: false }
  },
})

/** What is not said of the policy follows from the certificate; what X.509 says holds in any case. */
async function importedPolicy(
  given: PolicyInput = {},
  read: ReadImport,
  { spec }: PendingKey,
  now: EpochSeconds,
): Promise<CertificatePolicy> {
  const { propertiesOf } = await loadX509()
  const x509 = propertiesOf(read.leaf)
  const key = policyKey(spec, given.hsm ?? false)
  if (x509 === undefined) {
    throw new Fault('CertificateUnfit', { reason: 'its name or its extensions cannot be read' })
  }
  if (key === undefined) {
    throw new Fault('CertificateUnfit', { reason: 'it must have a key of type RSA or EC' })
  }
  // What no policy can say is left out of it, so that the next version can be made by it.
  const alternativeNames = namesOfTheirKind(x509.alternativeNames)
  const validityMonths = Math.min(x509.validityMonths, MAXIMUM_MONTHS)
  const { keyType: _, keyBits: __, curve: ___, ...rest } = given
  // Names of a certificate that others made need not keep the rules for those made here.
  const checked = completePolicy(
    {
      contentType: read.contentType,
      issuer: { name: UNKNOWN },
      ...rest,
      subject: 'CN=imported',
      alternativeNames: {},
      ekus: [],
      ca: false,
      keyUsage: [...x509.keyUsage],
      validityMonths,
    },
    now,
  )
  return { ...checked, key, x509: { ...x509, alternativeNames, validityMonths } }
}

/** The numbers of a key as JOSE splits them. @throws Fault CertificateUnfit for another type. */
function numbersOf(key: KeyObject): PrivateNumbers {
  const unfit = (reason: string): Fault<'CertificateUnfit'> =>
    new Fault('CertificateUnfit', { reason })
  const type = key.asymmetricKeyType
  if (type !== 'rsa' && type !== 'ec') throw unfit('its key must be of type RSA or EC')
  const jwk = exported(key)
  if (jwk === undefined) throw unfit('its key must be on the curve P-256, P-384, P-521 or P-256K')
  const octets = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url')
  const { n, e, d, p, q, dp, dq, qi, crv, x, y } = jwk
  if (type === 'ec') {
    return { kty: 'EC', crv: crv ?? '', x: octets(x), y: octets(y), d: octets(d) }
  }
  const primes = { p: octets(p), q: octets(q), dp: octets(dp), dq: octets(dq), qi: octets(qi) }
  return { kty: 'RSA', n: octets(n), e: octets(e), d: octets(d), primes }
}

/** Best effort: the text that they came in stays until it is collected. */
function wipe(numbers: PrivateNumbers): void {
  if (!('d' in numbers)) return
  const primes = numbers.kty === 'RSA' ? Object.values(numbers.primes ?? {}) : []
  for (const octets of [numbers.d, ...primes]) octets.fill(0)
}

/** JOSE has no names for some curves. */
function exported(key: KeyObject): webcrypto.JsonWebKey | undefined {
  try {
    return key.export({ format: 'jwk' })
  } catch {
    return undefined
  }
}
