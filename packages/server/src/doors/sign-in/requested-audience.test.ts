import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audienceOf } from '@claviger/vault'
import { audienceOfResource, audienceOfScope } from './requested-audience.ts'

const services = [
  audienceOf('vault', 'vault.example.com'),
  audienceOf('management', 'management.example.com', 'arm.example.com'),
  audienceOf('graph', 'graph.example.com'),
]

test('a resource of this server stands as it was asked for', () => {
  for (const resource of [
    'https://vault.example.com:8443',
    'https://arm.example.com/',
    '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  ]) {
    assert.deepEqual(audienceOfResource(resource, services), { audience: resource })
  }
})

test('a name of the public cloud means the service here', () => {
  for (const [resource, audience] of [
    ['https://vault.azure.net', 'https://vault.example.com'],
    ['https://management.azure.com/', 'https://management.example.com'],
    ['https://management.core.windows.net/', 'https://management.example.com'],
    ['https://graph.microsoft.com', 'https://graph.example.com'],
  ] as const) {
    assert.deepEqual(audienceOfResource(resource, services), { audience })
    assert.deepEqual(audienceOfScope(`${resource}/.default`, services), { audience })
  }
})

test('anything else is no resource of this server', () => {
  for (const resource of [
    'https://storage.azure.com', 'https://vault.azure.net:8443', 'http://vault.azure.net',
    'https://vault.azure.net.example.org', 'https://a@vault.azure.net', '',
  ]) {
    assert.deepEqual(audienceOfResource(resource, services), { unknownResource: resource })
  }
})
