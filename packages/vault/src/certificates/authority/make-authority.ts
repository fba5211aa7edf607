import { Fault } from '../../fault.ts'
import { randomHexId } from '../../identifier.ts'
import { makeKeys, type MadeKey } from '../../keys/key-material.ts'
import type { OperationContext } from '../../operation.ts'
import { demandRoomForFaces } from '../certificate-faces.ts'
import { pairHandle, type CertificateKeyPair } from '../certificate-material.ts'
import { SELF, type AuthorityConstraint, type CertificatePolicy } from '../certificate-policy.ts'
import { completePolicy, specOf } from '../complete-policy.ts'
import type { CertificateIssuer, IssuerAuthority } from '../issuer.ts'
import { issueSelfSigned, type NewVersion } from '../issue-self-signed.ts'
import { loadX509 } from '../load-x509.ts'
import { issueBySigner } from './issue-by-signer.ts'
import { signerOfVersion } from './read-signer.ts'

/** RFC 5280, ub-common-name: 64, of which ` Root CA` takes 8. */
const MAXIMUM_NAME_CHARACTERS = 56

/**
 * Makes an authority for an issuer: a root, and a certificate below it that issues, so that the key
 * of the root is used once in years. Both are certificates of the vault like any other, with keys
 * that do not leave it.
 * @throws Fault NameTaken, ObjectInDeletedState, NameInvalid
 */
export async function makeAuthority(
  context: OperationContext,
  issuer: CertificateIssuer,
): Promise<IssuerAuthority> {
  const { provider, vault } = context
  const root = await newVersion(context, `${issuer.name}-root`)
  const certificate = await newVersion(context, `${issuer.name}-ca`)
  const rootPolicy = await policyOf(context, issuer, ROOT)
  const policy = await policyOf(context, issuer, INTERMEDIATE)
  const create = (one: CertificatePolicy) => () => provider.create(specOf(one.key))
  const [rootKey, key] = await makeKeys(context, [create(rootPolicy), create(policy)])
  if (rootKey === undefined || key === undefined) throw new TypeError('an authority without keys')
  const rootPair = pairOf(rootKey)
  const { version } = await issueSelfSigned(context, undefined, rootPolicy, root, rootPair)
  // By the pair: what a record gives to the provider is wiped, and this one is not written yet.
  const signer = {
    ...(await signerOfVersion(context, version)),
    key: pairHandle(vault(), rootPair),
  }
  await issueBySigner(context, signer, {
    before: undefined,
    policy,
    wanted: certificate,
    issuer: issuer.name,
    pair: pairOf(key),
  })
  return { certificate: certificate.name, root: root.name }
}

async function newVersion(context: OperationContext, name: string): Promise<NewVersion> {
  const head = await demandRoomForFaces(context, { vault: context.vault().name, name })
  if (head !== undefined) throw new Fault('NameTaken', { kind: 'certificate', name })
  return { name, version: randomHexId(), enabled: true }
}

interface Kind {
  readonly title: string
  readonly validityMonths: number
  readonly ca: AuthorityConstraint
  /** What is done at four fifths of it: a new root must be brought to those who trust it. */
  readonly action: 'AutoRenew' | 'EmailContacts'
  readonly issuerOf: (issuer: CertificateIssuer) => string
}

const ROOT: Kind = {
  title: 'Root CA',
  validityMonths: 240,
  ca: { pathLength: 1 },
  action: 'EmailContacts',
  issuerOf: () => SELF,
}
const INTERMEDIATE: Kind = {
  title: 'CA',
  validityMonths: 120,
  ca: { pathLength: 0 },
  action: 'AutoRenew',
  issuerOf: ({ name }) => name,
}

async function policyOf(
  { now }: OperationContext,
  issuer: CertificateIssuer,
  { title, validityMonths, ca, action, issuerOf }: Kind,
): Promise<CertificatePolicy> {
  const { escapedText } = await loadX509()
  const characters = Array.from(issuer.organisationId || issuer.name)
  const owner = characters.slice(0, MAXIMUM_NAME_CHARACTERS).join('')
  return completePolicy(
    {
      keyType: 'EC',
      curve: 'P-384',
      exportable: false,
      reuseKey: true,
      contentType: 'application/x-pem-file',
      subject: `CN=${escapedText(owner)} ${title}`,
      validityMonths,
      ca,
      lifetimeActions: [{ action, lifetimePercentage: 80 }],
      issuer: { name: issuerOf(issuer) },
    },
    now,
  )
}

function pairOf({ spec, publicKey, materialId, material }: MadeKey): CertificateKeyPair {
  if (publicKey === undefined) throw new TypeError('a key of a certificate has a public half')
  return { key: { spec, publicKey, hsm: false, materialId }, material }
}
