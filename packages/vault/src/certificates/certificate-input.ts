import { demandCommonRules } from '../object-rules.ts'
import type { CertificateProperties } from './certificate.ts'
import type { PolicyInput } from './complete-policy.ts'

/** What a caller says of a version that is to be made. */
export interface VersionInput extends Partial<CertificateProperties> {
  readonly policy?: PolicyInput
  /** The secret has the chain as it came; otherwise the certificate comes first. */
  readonly preserveOrder?: boolean
}

/** The members that every version has from its caller. @throws Fault InvalidInput */
export function givenProperties({ enabled = true, tags, preserveOrder }: VersionInput): {
  readonly enabled: boolean
  readonly tags?: Readonly<Record<string, string>>
  readonly preserveOrder?: boolean
} {
  const given = {
    enabled,
    ...(tags === undefined ? {} : { tags }),
    ...(preserveOrder === undefined ? {} : { preserveOrder }),
  }
  demandCommonRules(given)
  return given
}
