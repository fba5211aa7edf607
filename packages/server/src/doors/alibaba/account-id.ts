import { createHash } from 'node:crypto'

const SMALLEST = 1_000_000_000_000_000n
const COUNT = 9_000_000_000_000_000n

/** The account of a tenant: 16 decimal digits that follow from its id. */
export function accountIdOf(tenant: string): string {
  const hash = createHash('sha256').update(`account ${tenant.toLowerCase()}`).digest('hex')
  return String(SMALLEST + (BigInt(`0x${hash}`) % COUNT))
}
