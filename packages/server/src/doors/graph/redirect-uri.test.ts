import assert from 'node:assert/strict'
import { test } from 'node:test'
import { badRequest } from './graph-refusal.ts'
import { attributesOf } from './object-attributes.ts'

test('addresses that a program can be answered at are kept', () => {
  for (const uri of [
    'https://portal.example.com/auth?x=1', 'https://portal.example.com:8443', 'http://localhost',
    'http://localhost:5000/callback', 'http://127.0.0.1:1', 'http://[::1]/back', 'https://[2001:db8::1]/',
    'ms-appx-web://microsoft.aad.brokerplugin/one', 'claviger-notes://signed-in', 'urn:ietf:wg:oauth:2.0:oob',
    `https://a.example/${'x'.repeat(238)}`,
  ]) {
    for (const platform of ['publicClient', 'web', 'spa']) {
      const kept = { [platform]: { redirectUris: [uri] } }
      assert.deepEqual(attributesOf(kept, 'applications', []), kept, uri)
    }
  }
})

test('an address that is none, runs in the browser, or would stand in a policy is refused', () => {
  for (const uri of [
    '', 'x', '/path', 'javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd',
    'blob:https://a.example/1', 'https://a.example/#part', 'https://a.example/ x', 'https://a.example/\u00e9',
    'https://a;sandbox/', 'https://a.example,b/', 'https://*.example.com/', 'http://a.example/',
    'https://ada@a.example/', 'https://a.example/\\b', `https://a.example/${'x'.repeat(239)}`,
  ]) {
    const body = { web: { redirectUris: ['https://a.example/', uri] } }
    const refused = { name: badRequest('').name, message: /property 'web'.*each a URI/ }
    assert.throws(() => attributesOf(body, 'applications', []), refused, uri)
  }
})
