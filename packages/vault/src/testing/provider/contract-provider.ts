import type { Provider } from '../../crypto/provider.ts'

/** A provider under test, and how to let it go. */
export interface ContractProvider {
  readonly provider: Provider
  close(): void | Promise<void>
}
