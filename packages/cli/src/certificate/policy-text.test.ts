import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CertificatePolicy } from '@claviger/client/azure'
import { parseChangedPolicy, parsePolicy, policyRecord } from './policy-text.ts'

const POLICY: CertificatePolicy = {
  issuerName: 'Self',
  exportable: true,
  keyType: 'EC',
  keyCurveName: 'P-256',
  reuseKey: false,
  contentType: 'application/x-pem-file',
  subject: 'CN=site',
  subjectAlternativeNames: { dnsNames: ['site.example'], userPrincipalNames: ['a@site.example'] },
  enhancedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  keyUsage: ['digitalSignature'],
  validityInMonths: 12,
  lifetimeActions: [{ action: 'AutoRenew', daysBeforeExpiry: 30 }],
}

test('a policy that was shown is read again', () => {
  assert.deepEqual(parsePolicy(JSON.stringify(policyRecord(POLICY))), POLICY)
})

test('what is no policy, or names nobody, is refused', () => {
  for (const text of ['', '[]', 'null', '{}', '{"keyProperties":[]}', '{"x509CertificateProperties":{"subject":"CN=a","ekus":{}}}']) {
    assert.throws(() => parsePolicy(text), text)
  }
})

test('a part of a policy changes that part alone', () => {
  assert.deepEqual(parseChangedPolicy('{"keyProperties":{"reuseKey":true}}'), { reuseKey: true })
  assert.throws(() => parseChangedPolicy('[]'))
})
