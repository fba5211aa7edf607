import { BadRequestError } from '../core/errors.ts'
import { partsOfId } from '../azure/object-id.ts'

/**
 * A secret that a setting refers to.
 * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
 */
export interface KeyVaultReference {
  /** The vault's URL, without a slash at its end. */
  readonly vaultUrl: string
  /** The secret's name. */
  readonly name: string
  /** The newest when there is none. */
  readonly version?: string
}

const REFERENCE = /^@Microsoft\.KeyVault\((.*)\)$/is

/**
 * Takes a setting apart that refers to a secret: `@Microsoft.KeyVault(SecretUri=…)` or
 * `@Microsoft.KeyVault(VaultName=…;SecretName=…;SecretVersion=…)`. `undefined` for any other text.
 * @param vaultUrlOf the URL of a vault by its name, where the reference has no more.
 * @throws BadRequestError for a reference that names no secret.
 * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
 */
export function parseKeyVaultReference(
  text: string,
  vaultUrlOf: (name: string) => string = (name) => `https://${name}.vault.azure.net`,
): KeyVaultReference | undefined {
  const inner = REFERENCE.exec(text.trim())?.[1]
  if (inner === undefined) return undefined
  const parts = new Map(
    inner.split(';').map((part) => {
      const at = part.indexOf('=')
      return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const
    }),
  )
  const uri = parts.get('secreturi')
  if (uri !== undefined) {
    const id = partsOfId(uri, /^secrets$/)
    if (id !== undefined) return referenceTo(id.vaultUrl, id.name, id.version)
  }
  const vaultName = parts.get('vaultname')
  const name = parts.get('secretname')
  // What goes into a host name has to be a name: elsewhere it would lead to another host.
  if (uri === undefined && vaultName !== undefined && /^[a-z0-9-]+$/i.test(vaultName) && name) {
    return referenceTo(vaultUrlOf(vaultName), name, parts.get('secretversion'))
  }
  throw new BadRequestError({
    code: 'BadReference',
    message: 'A reference has a SecretUri, or a VaultName and a SecretName.',
  })
}

function referenceTo(
  vaultUrl: string,
  name: string,
  version: string | undefined,
): KeyVaultReference {
  return { vaultUrl, name, ...(version ? { version } : {}) }
}
