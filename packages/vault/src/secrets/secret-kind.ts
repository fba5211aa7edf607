import { Fault } from '../fault.ts'
import type { SecretHead } from './secret.ts'

// Secrets of accounts elsewhere have a kind. Their versions are those of the account; anybody's
// text has none.

/** @throws Fault SecretKindUnfit */
export function demandNoKind({ kind }: SecretHead): void {
  if (kind !== undefined) throw new Fault('SecretKindUnfit', { kind })
}

/** @throws Fault SecretKindUnfit */
export function demandKind({ kind }: SecretHead): void {
  if (kind === undefined) throw new Fault('SecretKindUnfit', {})
}
