// What the resource manager does with the secrets of a vault, for whoever manages the vault: it sets
// values and never shows one.
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { auditedSecret } from './get-secret.ts'
import { listSecrets } from './list-secrets.ts'
import { readSecret } from './read-secret.ts'
import type { SecretInput, SecretProperties, SecretVersion } from './secret.ts'
import { setSecret } from './set-secret.ts'
import { updateSecret, type UpdateSecretInput } from './update-secret.ts'

/** A version of a secret without its value. */
export const getManagerSecret = operation<SecretInput, SecretVersion>({
  name: 'VaultSecretGet',
  permission: 'vaultSecrets/read',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.version),

  async run({ unit, vault }, { secret }) {
    return (await readSecret(unit, vault(), secret)).version.meta
  },
})

/** The secrets of a vault, for the resource manager. */
export const listManagerSecrets = operation({
  ...listSecrets,
  name: 'VaultSecretList',
  permission: 'vaultSecrets/read',
})

/** Makes a secret, or a new version of one. */
export const setManagerSecret = operation({
  ...setSecret,
  name: 'VaultSecretPut',
  permission: 'vaultSecrets/write',
})

/** Changes what a secret says of itself; a new value makes a new version of it. */
export const updateManagerSecret = operation<
  UpdateSecretInput & { readonly value?: Secret },
  SecretVersion
>({
  name: 'VaultSecretPatch',
  permission: 'vaultSecrets/write',
  writes: true,
  target: (input) => updateSecret.target(input),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.version),

  async run(context, { value, ...input }) {
    if (value === undefined) return await updateSecret.run(context, input)
    const { version } = await readSecret(context.unit, context.vault(), input.secret)
    return await setSecret.run(context, { ...propertiesOf(version.meta), ...input, value })
  },
})

function propertiesOf(version: SecretVersion): SecretProperties {
  const { enabled, notBefore, expires, contentType, tags } = version
  return {
    enabled,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(expires === undefined ? {} : { expires }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(tags === undefined ? {} : { tags }),
  }
}
