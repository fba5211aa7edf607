import { UnexpectedAnswerError } from '../core/errors.ts'

/**
 * The parts of an object's id, which is the URL it is read at.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export interface KeyVaultIdentifier {
  /** The id as it was given. */
  readonly sourceId: string
  /** The vault's URL, without a slash at its end. */
  readonly vaultUrl: string
  /** The object's name. */
  readonly name: string
  /** 32 hexadecimal digits; none where the id names the object alone. */
  readonly version?: string
}

/** The parts of an id `https://vault/{collection}/name[/version]`; `undefined` when it is none. */
export function partsOfId(id: unknown, collections: RegExp): KeyVaultIdentifier | undefined {
  const parts = partsBeneath(id, collections)
  return parts?.vaultUrl.split('/').length === 3 ? parts : undefined
}

/** As `partsOfId`, also of a vault beneath the path of a gateway. */
function partsBeneath(id: unknown, collections: RegExp): KeyVaultIdentifier | undefined {
  if (typeof id !== 'string' || !URL.canParse(id)) return undefined
  const { origin, pathname } = new URL(id)
  const path = pathname.replace(/\/$/, '').split('/')
  // The first place where it fits: names may be called as collections are.
  const at = path.findIndex((one, at) => collections.test(one) && path.length - at < 4)
  const [name, version] = at < 1 ? [] : path.slice(at + 1)
  if (!name) return undefined
  const vaultUrl = origin + path.slice(0, at).join('/')
  return { sourceId: id, vaultUrl, name, ...(version ? { version } : {}) }
}

/** The parts of an id in an answer. @throws UnexpectedAnswerError when it is none. */
export function answeredId(id: unknown, collections: RegExp): KeyVaultIdentifier {
  const parts = partsBeneath(id, collections)
  if (parts !== undefined) return parts
  const message = 'The service has answered without the id of an object.'
  throw new UnexpectedAnswerError({ code: 'NoObjectId', message })
}

const SECRET = /^(deleted)?secrets$/
const KEY = /^(deleted)?keys$/
const CERTIFICATE = /^(deleted)?certificates$/

function parsed(id: string, collections: RegExp): KeyVaultIdentifier {
  const parts = partsOfId(id, collections)
  if (parts === undefined) throw new TypeError('This is no id of such an object.')
  return parts
}

/**
 * Takes the id of a secret apart.
 * @throws TypeError when it is none.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export function parseKeyVaultSecretIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, SECRET)
}

/**
 * Takes the id of a key apart.
 * @throws TypeError when it is none.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export function parseKeyVaultKeyIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, KEY)
}

/**
 * The parts of the URL that a key is used at, which is its id, or beneath the path of a gateway.
 * @throws TypeError when it is none.
 */
export function partsOfKeyUrl(id: string): KeyVaultIdentifier {
  return partsBeneath(id, KEY) ?? parsed(id, KEY)
}

/**
 * Takes the id of a certificate apart.
 * @throws TypeError when it is none.
 * @see https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates
 */
export function parseKeyVaultCertificateIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, CERTIFICATE)
}
