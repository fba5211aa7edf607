import type { Caller } from '../access/caller.ts'

/**
 * The birth of a caller. Only files that have checked a credential, or that speak for the server
 * itself, import this (`authenticate-*.ts`; the test beside it holds that), so a request that
 * nobody has authenticated cannot reach an operation.
 */
export function callerOf(facts: Caller): Caller {
  return Object.freeze({ ...facts, claimedGroups: Object.freeze([...facts.claimedGroups]) })
}
