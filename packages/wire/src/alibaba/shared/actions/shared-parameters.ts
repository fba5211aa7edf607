import { defaulted, optional, required, type Parameter, type ParameterLimits } from './parameter.ts'

// Parameters that several actions take alike.

export const KEY_ID = { KeyId: required('text', { longest: 512 }) } as const
export const SECRET_NAME = { SecretName: required('text', { longest: 512 }) } as const
export const NAME = { Name: required('text', { longest: 192 }) } as const
export const INSTANCE_ID = { KmsInstanceId: required('text', { longest: 192 }) } as const
export const DRY_RUN = { DryRun: defaulted('boolean', false) } as const
export const CONTEXT = { EncryptionContext: optional('context') } as const

export const DESCRIPTION: ParameterLimits = { longest: 8192, mayBeEmpty: true }
export const POLICY: ParameterLimits = { longestOctets: 32_768 }
export const POLICY_NAME = { PolicyName: defaulted('text', 'default', { longest: 64 }) } as const

/** Base64 of 6,144 octets is the most the service takes; here the text counts, whatever it is. */
export const PLAINTEXT: ParameterLimits = { longestOctets: 8192, confidential: true }

/** @param size the PageSize of a request that names none. @param sizes what it may name. */
export function paging(
  size: number,
  sizes: readonly [smallest: number, largest: number] = [1, 100],
): Readonly<Record<'PageNumber' | 'PageSize', Parameter<'integer', 'defaulted'>>> {
  return {
    PageNumber: defaulted('integer', 1, { within: [1, 1_000_000] }),
    PageSize: defaulted('integer', size, { within: sizes }),
  }
}
