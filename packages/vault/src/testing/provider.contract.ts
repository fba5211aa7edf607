import type { ContractProvider } from './provider/contract-provider.ts'
import { encryptionContract } from './provider/encryption.contract.ts'
import { exportContract } from './provider/export.contract.ts'
import { keyContract } from './provider/key.contract.ts'
import { knownAnswerContract } from './provider/known-answer.contract.ts'
import { macContract } from './provider/mac.contract.ts'
import { signatureContract } from './provider/signature.contract.ts'
import { wrapContract } from './provider/wrap.contract.ts'

export type { ContractProvider } from './provider/contract-provider.ts'

/** What every provider of keys must do, for every row of the tables; one line in its tests. */
export function providerContract(name: string, open: () => Promise<ContractProvider>): void {
  keyContract(name, open)
  exportContract(name, open)
  knownAnswerContract(name, open)
  signatureContract(name, open)
  macContract(name, open)
  encryptionContract(name, open)
  wrapContract(name, open)
}
