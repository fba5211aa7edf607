import dns from 'node:dns'
import { createHash } from 'node:crypto'
import { DefaultAzureCredential } from '@azure/identity'
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import * as ours from '@claviger/client/azure'

// Runs as a process of its own, so that its processor time is the clients' alone. Takes turns: a
// slice with the official client, a slice with ours, and so on, so that both have the same minute.

const { AZURE_KEYVAULT_URL: url = '', SLICE_MS = '1000', ROUNDS = '3' } = process.env
const AT_A_TIME = 8
const SECRET = 'bench-client'
const KEY = 'bench-client'

// `*.localhost` is this machine, which not every resolver says.
const { lookup } = dns
dns.lookup = ((name: string, ...rest: [object, (...answer: unknown[]) => void]) =>
  lookup(name.endsWith('.localhost') ? '127.0.0.1' : name, ...rest)) as typeof dns.lookup

interface Slice {
  readonly calls: number
  readonly milliseconds: number
  readonly processorMicroseconds: number
}

async function slice(call: () => Promise<unknown>): Promise<Slice> {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  const end = startedAt + Number(SLICE_MS)
  let calls = 0
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      await call()
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, caller))
  const { user, system } = process.cpuUsage(before)
  return {
    calls,
    milliseconds: performance.now() - startedAt,
    processorMicroseconds: user + system,
  }
}

const theirCredential = new DefaultAzureCredential()
const ourCredential = new ours.DefaultCredential()
const theirSecrets = new SecretClient(url, theirCredential)
const ourSecrets = new ours.SecretClient(url, ourCredential)
await ourSecrets.setSecret(SECRET, 'x'.repeat(32))
const key = await new KeyClient(url, theirCredential).createEcKey(KEY)
const id = key.id ?? ''
const theirKey = new CryptographyClient(id, theirCredential)
const ourKey = new ours.CryptographyClient(id, ourCredential)
const digest = createHash('sha256').update('bench').digest()

const rows = {
  'SecretClient.getSecret': {
    official: () => theirSecrets.getSecret(SECRET),
    ours: () => ourSecrets.getSecret(SECRET),
  },
  'CryptographyClient.sign, ES256': {
    official: () => theirKey.sign('ES256', digest),
    ours: () => ourKey.sign('ES256', digest),
  },
} as const

for (const [row, sides] of Object.entries(rows)) {
  // Compiled and connected before anything counts.
  for (const call of Object.values(sides)) await slice(call)
  for (let round = 0; round < Number(ROUNDS); round += 1) {
    const turn = Object.entries(sides)
    for (const [side, call] of round % 2 === 0 ? turn : turn.toReversed()) {
      console.log(JSON.stringify({ row, side, ...(await slice(call)) }))
    }
  }
}
process.exit(0)
