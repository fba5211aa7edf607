import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault } from '../testing/memory-vault.ts'

it('every character of a password is as likely as any other', async () => {
  const { vault, identity } = await memoryVault()
  // 100 does not divide 256: octets that were reduced would favour the first 56.
  const alphabet = Array.from({ length: 100 }, (_, at) => String.fromCharCode(at + 20)).join('')
  const counts = new Map<string, number>()
  const passwords = 400
  for (let at = 0; at < passwords; at++) {
    const input = { vault: 'default', length: 128, alphabets: [alphabet], each: true }
    const password = await vault.secrets.generatePassword(identity, input)
    for (const one of Buffer.from(password.reveal()).toString('ascii')) {
      counts.set(one, (counts.get(one) ?? 0) + 1)
    }
  }
  assert.equal(counts.size, 100)
  const half = (from: number, to: number): number =>
    Array.from(alphabet.slice(from, to)).reduce((sum, one) => sum + (counts.get(one) ?? 0), 0)
  // 51,200 draws: 28,672 in the first 56, with a deviation of 112; ten of them would be bias.
  assert.ok(Math.abs(half(0, 56) - 28_672) < 1120)
})

it('a password without any kind of character is refused', async () => {
  const { vault, identity } = await memoryVault()
  for (const input of [
    { length: 8, alphabets: [] },
    { length: 8, alphabets: ['', ''] },
    { length: 7, alphabets: ['a'] },
    { length: 129, alphabets: ['a'] },
    { length: 8.5, alphabets: ['a'] },
  ]) {
    const making = vault.secrets.generatePassword(identity, { vault: 'default', each: true, ...input })
    await assert.rejects(making, (thrown) => isFault(thrown, 'InvalidInput'))
  }
})
