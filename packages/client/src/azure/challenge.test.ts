import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { encodeBase64url } from '../core/base64.ts'
import { challengeOf, challengeParameters, demandedClaims, verifyResource } from './challenge.ts'

const read = (header: string): ReturnType<typeof challengeOf> =>
  challengeOf(challengeParameters(header))

describe('a challenge', () => {
  const expected = {
    scope: 'https://vault.azure.net/.default',
    tenantId: 'tenant',
    resourceHost: 'vault.azure.net',
  }
  const forms = {
    'of the service':
      'Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"',
    'without a space':
      'Bearer authorization="https://login.windows.net/tenant",resource="https://vault.azure.net"',
    'without quotes':
      'Bearer authorization=https://login.windows.net/tenant, resource=https://vault.azure.net',
    'in small letters, in another order':
      'bearer resource="https://vault.azure.net", authorization_uri="https://login.windows.net/tenant"',
    'by its scope':
      'Bearer authorization="https://login.windows.net/tenant", scope="https://vault.azure.net/.default"',
    'after another scheme':
      'Basic realm="x", Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"',
  }
  for (const [what, header] of Object.entries(forms)) {
    it(`is read ${what}`, () => assert.deepEqual(read(header), expected))
  }

  it('is none without resource and scope, or of another scheme', () => {
    assert.equal(read('Bearer authorization="https://login.windows.net/tenant"'), undefined)
    assert.equal(read('Bearer resource="no url"'), undefined)
    for (const resource of [
      'https://evil.example/ https://vault.azure.net',
      'https://evil.example\t.vault.azure.net',
      'https://user@vault.azure.net',
      'https://vault.azure.net/path',
      'https://vault.azure.net?query',
      'https://vault.azure.net#fragment',
      'http://vault.azure.net',
    ]) {
      assert.equal(read(`Bearer resource="${resource}"`), undefined, resource)
    }
    assert.equal(read('Basic realm="x"'), undefined)
    assert.equal(read(''), undefined)
    assert.equal(challengeParameters(null).size, 0)
  })

  it('of any text is read without an error', () => {
    fc.assert(fc.property(fc.string(), (text) => void read(`Bearer ${text}`)))
  })

  it('demands claims in base64', () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}'
    const header = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`
    assert.equal(demandedClaims(challengeParameters(header)), claims)
    assert.equal(demandedClaims(challengeParameters(`Bearer claims="${btoa(claims)}"`)), undefined)
    const demanded = (text: string): string | undefined =>
      demandedClaims(challengeParameters(`Bearer error="insufficient_claims", claims="${text}"`))
    for (const text of ['%%%', ...['no JSON', 'null', '[]', '7', '"x"'].map((each) => btoa(each))]) {
      assert.equal(demanded(text), undefined, text)
    }
    const words = '{"access_token":{"é":{"value":"ü"}}}'
    assert.equal(demanded(encodeBase64url(new TextEncoder().encode(words))), words)
  })
})

describe('the resource of a challenge', () => {
  const verify = (vault: string, resource: string): void => {
    const challenge = read(`Bearer authorization="https://l.example/t", resource="${resource}"`)
    assert.ok(challenge)
    verifyResource(new URL(vault), challenge)
  }

  it('is the domain that the vault is in, with its port', () => {
    verify('https://myvault.vault.azure.net', 'https://vault.azure.net')
    verify('https://myvault.vault.azure.net:443', 'https://vault.azure.net')
    verify('https://MyVault.vault.localhost:8443', 'https://vault.localhost:8443')
  })

  for (const [vault, resource] of [
    ['https://myvault.vault.azure.net', 'https://azure.net.evil.example'],
    ['https://evil.example', 'https://vault.azure.net'],
    ['https://evilvault.azure.net', 'https://vault.azure.net'],
    ['https://vault.azure.net', 'https://vault.azure.net'],
    ['https://myvault.vault.localhost:8443', 'https://vault.localhost:9443'],
    ['https://myvault.vault.localhost:8443', 'https://vault.localhost'],
  ] as const) {
    it(`${resource} is not that of ${vault}`, () => {
      assert.throws(() => verify(vault, resource), { code: 'ChallengeResourceMismatch' })
    })
  }
})
