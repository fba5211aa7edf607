import { inForm } from '../certificates/in-form.ts'
import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import { openValue } from './customer-key.ts'
import { readSecret } from './read-secret.ts'
import type { SecretRef, SecretVersion } from './secret.ts'

export interface SecretWithValue {
  readonly properties: SecretVersion
  readonly value: Secret
}

export interface GetSecretInput {
  readonly secret: SecretRef
  /** The form that the secret of a certificate is wanted in; any other comes as it was stored. */
  readonly outContentType?: string
}

/** Reads a value; `nbf` and `exp` only inform, a disabled version is refused. */
export const getSecret = operation<GetSecretInput, SecretWithValue>({
  name: 'SecretGet',
  permission: 'secrets/get',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.properties.version),

  async run(context, { secret, outContentType }) {
    const { unit, vault } = context
    const { version } = await readSecret(unit, vault(), secret)
    if (!version.meta.enabled) {
      throw new Fault('ObjectDisabled', { kind: 'secret', operation: 'get' })
    }
    if (outContentType !== undefined && version.meta.managed !== undefined) {
      return await inForm(unit, vault(), version, outContentType)
    }
    return { properties: version.meta, value: await openValue(context, version) }
  },
})

/** `secrets/name/version`, the version left out where none is known. */
export function auditedSecret(
  { name, version: asked }: SecretRef,
  answered: string | undefined,
): string {
  const version = answered ?? asked
  return version === undefined ? `secrets/${name}` : `secrets/${name}/${version}`
}
