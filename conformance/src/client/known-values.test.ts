import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as officialCertificates from '@azure/keyvault-certificates'
import * as officialKeys from '@azure/keyvault-keys'
import * as officialSecrets from '@azure/keyvault-secrets'
import * as own from '@claviger/client/azure'

const packages = { officialKeys, officialSecrets, officialCertificates }

describe('names of values', () => {
  for (const [name, official] of Object.entries(packages)) {
    it(`are those of ${name}, with the same values`, () => {
      const known = Object.entries(official).filter(([name]) => /^(?:Well)?Known/.test(name))
      assert.ok(known.length > 0)
      for (const [name, values] of known) {
        assert.deepEqual((own as Readonly<Record<string, unknown>>)[name], values, name)
      }
    })
  }
})
