import { invalidInput } from '../invalid-input.ts'
import { demandObjectName } from '../object-name.ts'
import { operation, type OperationContext } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage } from '../read-page.ts'
import type { Secret } from '../seal/secret.ts'
import { issuerAuthority } from './authority/issuer-authority.ts'
import {
  issuerKey,
  issuerPrefix,
  readIssuer,
  type CertificateIssuer,
  type IssuerRef,
} from './issuer.ts'
import { issuerProviderOf } from './issuer-provider.ts'
import { acmeAccountKey } from './order/acme-account.ts'

const MAXIMUM_CHARACTERS = 255
const MAXIMUM_ADMINISTRATORS = 25

type Changes = Partial<Omit<CertificateIssuer, 'name' | 'created' | 'updated' | 'authority'>>

export interface SetIssuerInput extends Changes {
  readonly issuer: IssuerRef
  readonly provider: string
  readonly password?: Secret
}

export interface UpdateIssuerInput extends Changes {
  readonly issuer: IssuerRef
  readonly password?: Secret
}

const target = ({ issuer }: { readonly issuer: IssuerRef }): {
  readonly vault: string
  readonly object: string
} => ({ vault: issuer.vault, object: `certificates/issuers/${issuer.name}` })

/**
 * Makes an issuer, or puts another in its place. One of the provider Claviger is an authority of
 * the vault: the certificate that `accountId` names, or a new one with a root above it.
 */
export const setIssuer = operation<SetIssuerInput, CertificateIssuer>({
  name: 'CertificateIssuerSet',
  permission: 'certificates/setIssuers',
  writes: true,
  target,

  async run(context, { issuer: ref, password, enabled = true, ...given }) {
    const { unit, vault, now } = context
    demandObjectName(ref.name)
    if (['self', 'unknown'].includes(ref.name.toLowerCase())) {
      throw invalidInput('issuer-name', 'Self and Unknown are issuers of every vault; name another')
    }
    demandRules(given)
    const key = issuerKey(vault(), ref.name)
    const before = await unit.get<CertificateIssuer>(key)
    const name = before?.meta.name ?? ref.name
    const created = before?.meta.created ?? now
    const wanted = { ...given, name, enabled, created, updated: now }
    const meta = await withAuthority(context, wanted, before?.meta)
    unit.put<CertificateIssuer>(key, { meta, ...(password && { secret: password }) })
    return meta
  },
})

/** Changes what is given of an issuer; another authority, where `accountId` names one. */
export const updateIssuer = operation<UpdateIssuerInput, CertificateIssuer>({
  name: 'CertificateIssuerUpdate',
  permission: 'certificates/setIssuers',
  writes: true,
  target,

  async run(context, { issuer: ref, password, ...changes }) {
    const { unit, vault, now } = context
    demandRules(changes)
    const before = await readIssuer(unit, vault(), ref.name)
    const wanted = { ...before.meta, ...changes, updated: now }
    const meta = await withAuthority(context, wanted, before.meta)
    const secret = password ?? before.secret
    unit.put<CertificateIssuer>(issuerKey(vault(), ref.name), { meta, ...(secret && { secret }) })
    return meta
  },
})

/** Shows an issuer, without its password. */
export const getIssuer = operation<{ readonly issuer: IssuerRef }, CertificateIssuer>({
  name: 'CertificateIssuerGet',
  permission: 'certificates/getIssuers',
  writes: false,
  target,

  async run({ unit, vault }, { issuer }) {
    return (await readIssuer(unit, vault(), issuer.name)).meta
  },
})

/**
 * Removes an issuer for good. Certificates that it has issued stay, and so does its authority: what
 * that has revoked is still published, and another issuer may name it.
 */
export const deleteIssuer = operation<{ readonly issuer: IssuerRef }, CertificateIssuer>({
  name: 'CertificateIssuerDelete',
  permission: 'certificates/deleteIssuers',
  writes: true,
  target,

  async run({ unit, vault }, { issuer }) {
    const { meta } = await readIssuer(unit, vault(), issuer.name)
    unit.delete(issuerKey(vault(), issuer.name))
    // Another issuer of the name must not act as the account of this one.
    const account = acmeAccountKey(vault(), issuer.name)
    if (await unit.claimOne(account)) unit.delete(account)
    return meta
  },
})

export interface ListIssuersInput extends PageInput {
  readonly vault: string
}

/** The issuers of a vault in order of their names. */
export const listIssuers = operation<ListIssuersInput, Page<CertificateIssuer>>({
  name: 'CertificateIssuersList',
  permission: 'certificates/listIssuers',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'certificates/issuers' }),

  async run({ unit, vault }, input) {
    const container = vault()
    return readPage(unit, input, pageSize(input), {
      prefix: issuerPrefix(container),
      keyOf: (marker) => issuerKey(container, nameInMarker(marker)),
      itemOf: (issuer: CertificateIssuer) => issuer,
      markerOf: ({ name }) => name,
    })
  },
})

/** An authority belongs to issuers of the provider Claviger alone. */
async function withAuthority(
  context: OperationContext,
  wanted: CertificateIssuer,
  before: CertificateIssuer | undefined,
): Promise<CertificateIssuer> {
  const { authority: _, ...issuer } = wanted
  if (issuerProviderOf(issuer.provider) !== 'Claviger') return issuer
  return { ...issuer, authority: await issuerAuthority(context, issuer, before) }
}

function demandRules({ provider, accountId, organisationId, administrators = [] }: Changes): void {
  if (provider === '') throw invalidInput('provider', 'it must be the name of a provider')
  const texts = [
    provider,
    accountId,
    organisationId,
    ...administrators.flatMap((one) => Object.values(one) as (string | undefined)[]),
  ]
  if (texts.some((text) => text !== undefined && text.length > MAXIMUM_CHARACTERS)) {
    throw invalidInput('issuer', `each text may have at most ${MAXIMUM_CHARACTERS} characters`)
  }
  if (administrators.length > MAXIMUM_ADMINISTRATORS) {
    const reason = `it may hold at most ${MAXIMUM_ADMINISTRATORS}`
    throw invalidInput('org_details.admin_details', reason)
  }
}
