export { auditLogContract } from './audit-log.contract.ts'
export { changeOf, type Intention } from './change-of.ts'
export type { ContractStore } from './contract-store.ts'
export { keyedHeadSealer } from './keyed-head-sealer.ts'
export { storeContract } from './store.contract.ts'
export { providerContract, type ContractProvider } from './provider.contract.ts'
export { tamperableMemoryStore, type TamperableMemoryStore } from './tamperable-memory-store.ts'
export { FixedClock } from './fixed-clock.ts'
export { memoryVault, type MemoryVault } from './memory-vault.ts'
export {
  memoryPerson,
  PERSON_NAME,
  PERSON_PASSWORD,
  type MemoryPerson,
} from './memory-person.ts'
export { memoryIdentity, textOf, type MemoryIdentity } from './memory-identity.ts'
export { selfSignedCertificate } from './self-signed-certificate.ts'
export { issueForRequest, testAuthority, type TestAuthority } from './issue-for-request.ts'
export { decisionUnderLoad, type DecisionUnderLoad } from './decision-under-load.ts'
export { damageRecord } from './damage-record.ts'
export { OpensslFolder, withOpenssl } from './openssl-folder.ts'
export * as certificateFiles from './known-answers/certificate-files.ts'
