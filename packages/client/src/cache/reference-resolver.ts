import { SecretClient, type SecretClientOptions } from '../azure/secret-client.ts'
import type { TokenCredential } from '../azure/token-credential.ts'
import { environment } from '../core/environment.ts'
import { AccessDeniedError, ClavigerError } from '../core/errors.ts'
import { bounded } from './bounded.ts'
import { parseKeyVaultReference } from './key-vault-reference.ts'
import { SecretCache, type SecretReader } from './secret-cache.ts'
import type { CacheOptions } from './value-cache.ts'

/** How references are resolved. */
export interface ReferenceResolverOptions extends CacheOptions {
  /** The URL of a vault that a reference names without its domain; that of the public cloud. */
  readonly vaultUrlOf?: (vaultName: string) => string
  /**
   * Whether secrets of a vault may be asked for: references come with the configuration, and who
   * writes that is not always who may choose where the credential's token goes. All are, unless
   * said, that lie under the host which their token is for.
   */
  readonly isAllowedVault?: (vaultUrl: string) => boolean
  /** How the clients are made; without verification of resources, `isAllowedVault` is needed. */
  readonly clientOptions?: SecretClientOptions
  /** What reads the secrets of a vault, instead of a client of this library. */
  readonly readerOf?: (vaultUrl: string) => SecretReader
  /** Secrets that are read at a time; 8 unless said. */
  readonly concurrency?: number
}

/** A setting whose reference leads to no value; the `cause` says why. */
export class UnresolvedReferenceError extends ClavigerError {
  /** The class's name, by which it is known where two copies of this library meet. */
  override readonly name: string = 'UnresolvedReferenceError'
  /** Where the reference stands, as `database.password`. */
  readonly setting: string

  /** Says which setting has no value, and why. */
  constructor(setting: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : 'It has no value.'
    const code = cause instanceof ClavigerError ? cause.code : 'Unresolved'
    super({ code, message: `${setting} cannot be resolved. ${reason}`, cause })
    this.setting = setting
  }
}

/** What may be configuration: text, and objects and lists of it. */
type Setting = {
  readonly path: string
  readonly text: string
  readonly put: (value: string) => void
}

/** Puts secrets in the place of references to them, in memory. */
export class ReferenceResolver {
  readonly #options: ReferenceResolverOptions
  readonly #readerOf: (vaultUrl: string) => SecretReader
  readonly #vaults = new Map<string, SecretCache>()

  /** @throws TypeError when any host that a reference names would be given a token. */
  constructor(credential: TokenCredential, options: ReferenceResolverOptions = {}) {
    const { clientOptions, isAllowedVault, readerOf } = options
    const isTrusting = clientOptions?.disableChallengeResourceVerification === true
    if (isTrusting && isAllowedVault === undefined && readerOf === undefined) {
      throw new TypeError('Without verification of resources, isAllowedVault has to say which.')
    }
    this.#options = options
    this.#readerOf =
      readerOf ?? ((vaultUrl) => new SecretClient(vaultUrl, credential, clientOptions))
  }

  /**
   * The value that a text refers to; any other text as it is.
   * @throws UnresolvedReferenceError when the reference leads to no value.
   * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
   */
  async resolve(text: string, setting = 'The reference'): Promise<string> {
    try {
      const reference = parseKeyVaultReference(text, this.#options.vaultUrlOf)
      if (reference === undefined) return text
      const { vaultUrl, name, version } = reference
      if (this.#options.isAllowedVault?.(vaultUrl) === false) throw notAllowed(vaultUrl)
      const asked = version === undefined ? {} : { version }
      const { value } = await this.#vault(vaultUrl).getSecret(name, asked)
      if (value !== undefined) return value
    } catch (cause) {
      throw new UnresolvedReferenceError(setting, cause)
    }
    throw new UnresolvedReferenceError(setting, undefined)
  }

  /**
   * A copy of a configuration with all references resolved, however deep in it.
   * @throws UnresolvedReferenceError for the first reference that leads to no value.
   * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
   */
  async resolveObject<Configuration>(configuration: Configuration): Promise<Configuration> {
    const settings: Setting[] = []
    const holder: { value: unknown } = { value: undefined }
    holder.value = copied(configuration, '', settings, (value) => (holder.value = value))
    await bounded(settings, this.#options.concurrency ?? 8, async ({ path, text, put }) => {
      put(await this.resolve(text, path))
    })
    return holder.value as Configuration
  }

  /**
   * Environment variables, this process's unless given, with all references resolved. A copy.
   * @throws UnresolvedReferenceError for the first reference that leads to no value.
   * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
   */
  async resolveEnvironment(
    variables: Readonly<Record<string, string | undefined>> = environment(),
  ): Promise<Record<string, string>> {
    const given = Object.entries(variables).filter(([, value]) => value !== undefined)
    return this.resolveObject(Object.fromEntries(given) as Record<string, string>)
  }

  /** Forgets what was read, as after a rotation: of one secret in all vaults, or everything. */
  clear(secretName?: string): void {
    for (const vault of this.#vaults.values()) vault.clear(secretName)
  }

  #vault(vaultUrl: string): SecretCache {
    let vault = this.#vaults.get(vaultUrl)
    if (vault === undefined) {
      vault = new SecretCache(this.#readerOf(vaultUrl), this.#options)
      this.#vaults.set(vaultUrl, vault)
    }
    return vault
  }
}

function notAllowed(vaultUrl: string): AccessDeniedError {
  const message = `${vaultUrl} is no vault that references may name.`
  return new AccessDeniedError({ code: 'VaultNotAllowed', message })
}

/**
 * A copy of plain objects and lists; texts are noted with how to put another in their place. What
 * occurs twice, as in a circle, is one in the copy too: `copies` has those that are begun.
 */
function copied(
  value: unknown,
  path: string,
  settings: Setting[],
  put: (value: string) => void,
  copies: Map<unknown, unknown> = new Map(),
): unknown {
  if (copies.has(value)) return copies.get(value)
  if (typeof value === 'string') {
    settings.push({ path: path || 'The reference', text: value, put })
    return value
  }
  const beneath = (name: string): string => (path === '' ? name : `${path}.${name}`)
  if (Array.isArray(value)) {
    const list: unknown[] = []
    copies.set(value, list)
    for (const [index, item] of value.entries()) {
      const putItem = (text: string): void => void (list[index] = text)
      list.push(copied(item, beneath(String(index)), settings, putItem, copies))
    }
    return list
  }
  if (!isPlain(value)) return value
  const members: Record<string, unknown> = {}
  copies.set(value, members)
  for (const [name, member] of Object.entries(value)) {
    // Not by assignment: a member called __proto__ would be no member.
    const define = (value: unknown): void =>
      void Object.defineProperty(members, name, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    define(copied(member, beneath(name), settings, define, copies))
  }
  return members
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
