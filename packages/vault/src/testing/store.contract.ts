import { auditLogContract } from './audit-log.contract.ts'
import { claimsContract } from './claims.contract.ts'
import { commitContract } from './commit.contract.ts'
import type { ContractStore } from './contract-store.ts'
import { readContract } from './read.contract.ts'

/** What every store must do, reads, commits, claims and audit; one line in the tests of each of them. */
export function storeContract(name: string, open: () => Promise<ContractStore>): void {
  readContract(name, open)
  commitContract(name, open)
  claimsContract(name, open)
  auditLogContract(name, open)
}
