import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redirectKind } from './client-application.ts'

const client = {
  id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  name: 'portal',
  redirects: ['https://portal.example.com/both', 'http://localhost'],
  confidentialRedirects: ['https://portal.example.com/both', 'https://portal.example.com/web'],
  allowsDeviceCode: false,
}

test('a redirect that is registered as public and as confidential needs the secret', () => {
  assert.equal(redirectKind(client, 'https://portal.example.com/both'), 'confidential')
  assert.equal(redirectKind(client, 'https://portal.example.com/web'), 'confidential')
  assert.equal(redirectKind(client, 'http://localhost:8400/back'), 'public')
  assert.equal(redirectKind(client, 'https://portal.example.com/other'), undefined)
})

test('a redirect that is too long to be kept is none', () => {
  const uri = 'http://localhost:8400/'
  assert.equal(redirectKind(client, uri.padEnd(2048, 'x')), 'public')
  assert.equal(redirectKind(client, uri.padEnd(2049, 'x')), undefined)
})
