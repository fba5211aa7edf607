import { UnexpectedAnswerError } from '../core/errors.ts'

/** The parts of an object's id, which is the URL it is read at. */
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
  if (typeof id !== 'string' || !URL.canParse(id)) return undefined
  const { origin, pathname } = new URL(id)
  const [, collection = '', name, version, ...rest] = pathname.replace(/\/$/, '').split('/')
  if (!collections.test(collection) || !name || rest.length > 0) return undefined
  return { sourceId: id, vaultUrl: origin, name, ...(version ? { version } : {}) }
}

/** The parts of an id in an answer. @throws UnexpectedAnswerError when it is none. */
export function answeredId(id: unknown, collections: RegExp): KeyVaultIdentifier {
  const parts = partsOfId(id, collections)
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

/** Takes the id of a secret apart. @throws TypeError when it is none. */
export function parseKeyVaultSecretIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, SECRET)
}

/** Takes the id of a key apart. @throws TypeError when it is none. */
export function parseKeyVaultKeyIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, KEY)
}

/**
 * The parts of the URL that a key is used at, which is its id, or beneath the path of a gateway.
 * @throws TypeError when it is none.
 */
export function partsOfKeyUrl(id: string): KeyVaultIdentifier {
  const known = partsOfId(id, KEY)
  if (known !== undefined) return known
  const isBeneath = /^(https:\/\/[^/]+\/.+?)(\/keys(?:\/[^/]+){1,2}\/?)$/
  const [, before = '', own = ''] = isBeneath.exec(id) ?? []
  const origin = before === '' ? '' : new URL(before).origin
  return { ...parseKeyVaultKeyIdentifier(`${origin}${own}`), sourceId: id, vaultUrl: before }
}

/** Takes the id of a certificate apart. @throws TypeError when it is none. */
export function parseKeyVaultCertificateIdentifier(id: string): KeyVaultIdentifier {
  return parsed(id, CERTIFICATE)
}
