import { operation } from '../operation.ts'
import { certificateKey, certificateTarget, type CertificateHead, type CertificateRef } from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { completePolicy, type PolicyInput } from './complete-policy.ts'
import { readCertificateHead } from './read-certificate.ts'

/** A policy, and the certificate whose it is. */
export interface NamedPolicy {
  readonly name: string
  readonly policy: CertificatePolicy
}

export const getPolicy = operation<{ readonly certificate: CertificateRef }, NamedPolicy>({
  name: 'CertificatePolicyGet',
  permission: 'certificates/get',
  writes: false,
  target: certificateTarget,

  async run({ unit, vault }, { certificate }) {
    const { current, policy } = await readCertificateHead(unit, vault(), certificate)
    return { name: current.name, policy }
  },
})

export interface UpdatePolicyInput {
  readonly certificate: CertificateRef
  readonly policy: PolicyInput
}

/** Changes how the next versions are made and when; what is not given stays. */
export const updatePolicy = operation<UpdatePolicyInput, NamedPolicy>({
  name: 'CertificatePolicyUpdate',
  permission: 'certificates/update',
  writes: true,
  target: certificateTarget,

  async run({ unit, vault, now }, { certificate, policy: changes }) {
    const container = vault()
    const head = await readCertificateHead(unit, container, certificate)
    const policy = completePolicy(changes, now, head.policy)
    const after: CertificateHead = { ...head, policy }
    await changeCertificateDues(unit, container, head, after)
    unit.put<CertificateHead>(certificateKey(container, certificate.name), { meta: after })
    return { name: head.current.name, policy }
  },
})
