import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from '../access/caller.ts'
import { Fault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault } from '../testing/memory-vault.ts'
import { firewallRefusal } from './vault-firewall.ts'
import type { NetworkAcls } from './vault-record.ts'

function acls(...ipRules: readonly string[]): NetworkAcls {
  return { bypass: 'AzureServices', defaultAction: 'Deny', ipRules, virtualNetworkRules: [] }
}

function from(call: Call, clientAddress: string): Call {
  return { ...call, request: { ...call.request, clientAddress } }
}

async function denialOf(work: Promise<unknown>): Promise<Fault<'AccessDenied'>['detail']> {
  const thrown: unknown = await work.then(() => undefined, (error: unknown) => error)
  assert.ok(thrown instanceof Fault && thrown.code === 'AccessDenied')
  return (thrown as Fault<'AccessDenied'>).detail
}

describe('the firewall of a vault', () => {
  it('lets everybody in without rules, or where the rules allow by default', () => {
    assert.equal(firewallRefusal({}, '192.0.2.7'), undefined)
    const networkAcls = { ...acls(), defaultAction: 'Allow' } as const
    assert.equal(firewallRefusal({ networkAcls }, 'no address'), undefined)
  })

  it('lets those in alone whom a rule names, over IPv4 and IPv6', () => {
    const networkAcls = acls('192.0.2.7/32', '198.51.100.0/24', '2001:db8::/32')
    const letIn = ['192.0.2.7', '::ffff:192.0.2.7', '198.51.100.255', '2001:db8::1']
    for (const address of letIn) assert.equal(firewallRefusal({ networkAcls }, address), undefined)
    for (const address of ['192.0.2.8', '127.0.0.1', '::1', '2001:db9::1', '', 'unknown']) {
      assert.equal(firewallRefusal({ networkAcls }, address), 'firewall')
    }
  })

  it('lets nobody in where public access is disabled, whatever the rules say', () => {
    const rules = { networkAcls: acls('192.0.2.7'), publicNetworkAccess: 'Disabled' } as const
    assert.equal(firewallRefusal(rules, '192.0.2.7'), 'publicAccess')
  })

  it('stands before access of either model, holds at once, and leaves the control plane alone', async () => {
    const { vault, administrator, stranger, audit } = await memoryVault()
    const secret = { vault: 'default', name: 'a' }
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('x') })
    for (const authorization of ['rbac', 'accessPolicies'] as const) {
      await vault.vaults.update(administrator, {
        vault: 'default',
        authorization,
        networkAcls: acls('203.0.113.0/24'),
      })
      for (const call of [administrator, stranger]) {
        const denied = await denialOf(vault.secrets.get(call, { secret }))
        assert.equal(denied.model, 'firewall')
        assert.equal(denied.clientAddress, '192.0.2.7')
      }
      const [entry] = (await audit()).slice(-1)
      assert.equal(entry?.properties.decidedBy, 'networkAcls')
      assert.equal(entry?.resultDescription, 'AccessDenied')
    }
    await vault.vaults.update(administrator, { vault: 'default', authorization: 'rbac' })
    await vault.secrets.get(from(administrator, '203.0.113.9'), { secret })
    const loopback = await denialOf(vault.secrets.get(from(administrator, '127.0.0.1'), { secret }))
    assert.equal(loopback.model, 'firewall')
    await vault.vaults.update(administrator, { vault: 'default', publicNetworkAccess: 'Disabled' })
    const closed = vault.secrets.get(from(administrator, '203.0.113.9'), { secret })
    assert.equal((await denialOf(closed)).model, 'publicAccess')
  })
})
