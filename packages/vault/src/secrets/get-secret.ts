import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { readSecret } from './read-secret.ts'
import type { SecretRef, SecretVersion } from './secret.ts'

export interface SecretWithValue {
  readonly properties: SecretVersion
  readonly value: Secret
}

/** Reads a value; `nbf` and `exp` only inform, a disabled version is refused. */
export const getSecret = operation<{ readonly secret: SecretRef }, SecretWithValue>({
  name: 'SecretGet',
  permission: 'secrets/get',
  writes: false,
  target: ({ secret }) => ({ vault: secret.vault, object: `secrets/${secret.name}` }),
  auditId: ({ secret }, output) => auditedSecret(secret, output?.properties.version),

  async run({ unit, vault }, { secret }) {
    const { version } = await readSecret(unit, vault(), secret)
    if (!version.meta.enabled) {
      throw new Fault('ObjectDisabled', { kind: 'secret', operation: 'get' })
    }
    return { properties: version.meta, value: version.secret ?? new Secret(new Uint8Array()) }
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
