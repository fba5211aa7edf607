import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { DefaultAzureCredential } from '@azure/identity'
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys'
import { SIGNATURE_CASES } from './key-algorithms.ts'
import { publicKeyOf } from './local-keys.ts'
import { nodeVerify } from './node-crypto.ts'
import { variable } from './step.ts'

// The official client of keys, as a user would write it: `connect.env` alone configures it.

export const credential = new DefaultAzureCredential()
export const client = new KeyClient(variable('AZURE_KEYVAULT_URL'), credential)
export const prefix = `js-keys-${process.versions.node.split('.')[0]}`
/** What is signed. */
export const message = Buffer.from(variable('CANARY'))

export function version({ properties }: KeyVaultKey): string {
  assert.ok(properties.version)
  return properties.version
}

/** Signs with a key of the vault and verifies with its public half as the vault shows it. */
export async function signsAndVerifies(key: KeyVaultKey, algorithm: string): Promise<void> {
  const one = SIGNATURE_CASES.find((candidate) => candidate.algorithm === algorithm)
  assert.ok(one)
  const digest = createHash(one.hash).update(message).digest()
  const { result } = await new CryptographyClient(key, credential).sign(algorithm, digest)
  assert.ok(nodeVerify(one, publicKeyOf(key), message, Buffer.from(result)))
}
