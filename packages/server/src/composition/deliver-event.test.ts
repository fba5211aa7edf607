import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VaultEventType } from '@claviger/vault'
import type { LogFields } from '../log.ts'
import { deliverEvent } from './deliver-event.ts'

test('what ends is told in the log with its name, what is new is not', () => {
  const told: [string, LogFields | undefined][] = []
  const log = { warn: (message: string, fields?: LogFields) => void told.push([message, fields]) }
  const types: readonly VaultEventType[] = [
    'CertificateNewVersionCreated', 'CertificateNearExpiry', 'CertificateExpired', 'KeyNearExpiry',
  ]
  for (const type of types) deliverEvent({ type, vault: 'default', object: `certificates/${type}`, at: 1 }, log)
  assert.deepEqual(told, [
    ['A certificate is near its end.', { vault: 'default', object: 'certificates/CertificateNearExpiry' }],
    ['A certificate has ended.', { vault: 'default', object: 'certificates/CertificateExpired' }],
    ['A key is near its expiry.', { vault: 'default', object: 'certificates/KeyNearExpiry' }],
  ])
})
