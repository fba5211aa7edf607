import { operation, type OperationContext, type SealControl } from '../operation.ts'

/** Replaces the root key; data keys are wrapped anew, the data itself stays as it is. */
export const rotateRootKey = operation<Readonly<Record<string, never>>, undefined>({
  name: 'SealRootKeyRotate',
  permission: 'seal/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: () => 'seal/root-key',

  async run(context) {
    const control = controlOf(context)
    context.commitThrough((audit) => control.rotateRootKey(audit))
    return undefined
  },
})

/** Gives a vault a new data key; what was sealed under the former ones stays readable. */
export const rotateDataKey = operation<{ readonly vault: string }, undefined>({
  name: 'SealDataKeyRotate',
  permission: 'seal/write',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: ({ vault }) => `seal/data-key/${vault}`,

  async run(context) {
    const control = controlOf(context)
    const scope = `vault.${context.vault().id}`
    context.commitThrough((audit) => control.rotateDataKey(scope, audit))
    return undefined
  },
})

function controlOf({ services }: OperationContext): SealControl {
  if (services.sealControl === undefined) throw new TypeError('this process does not own the seal')
  return services.sealControl
}
